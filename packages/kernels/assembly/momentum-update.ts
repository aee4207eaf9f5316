/** Gradient descent with momentum: one walk through memory for what tfjs's ops make six of. */
import { fma } from './fma';
import { loadLanes, storeLanes } from './lanes';
import { job, parallel } from './pool';
import { Kind } from './run-item';
import { spanEnd, spans, spanStart } from './spans';

@unmanaged
class MomentumUpdate {
  weight: usize;
  velocity: usize;
  gradient: usize;
  newWeight: usize;
  newVelocity: usize;
  count: i32;
  learningRate: f32;
  momentum: f32;
  weightDecay: f32;
  /** `v = m v - r (g + d w), w = w + v`. Else `v = m v + (g + d w), w = w - r v`. */
  caffe: i32;
}

/** @param newWeight Where the result goes; it may be `weight` itself, and `newVelocity` may be `velocity`. */
export function momentumUpdate(
  weight: usize, velocity: usize, gradient: usize, newWeight: usize, newVelocity: usize, count: i32,
  learningRate: f32, momentum: f32, weightDecay: f32, caffe: bool,
): i32 {
  const task = job<MomentumUpdate>();
  task.weight = weight;
  task.velocity = velocity;
  task.gradient = gradient;
  task.newWeight = newWeight;
  task.newVelocity = newVelocity;
  task.count = count;
  task.learningRate = learningRate;
  task.momentum = momentum;
  task.weightDecay = weightDecay;
  task.caffe = caffe;
  return parallel(Kind.momentumUpdate, spans(count));
}

export function momentumSpan(span: i32): void {
  const task = job<MomentumUpdate>();
  const end = spanEnd(span, task.count);
  let at = spanStart(span);
  if (task.caffe) {
    for (; at + 16 <= end; at += 16) updateAt(task, at, true, true);
    for (; at < end; at += 4) updateAt(task, at, true, false);
  } else {
    for (; at + 16 <= end; at += 16) updateAt(task, at, false, true);
    for (; at < end; at += 4) updateAt(task, at, false, false);
  }
}

// @ts-ignore: decorator
@inline
function updateAt(task: MomentumUpdate, at: usize, caffe: bool, four: bool): void {
  const weight = loadLanes(task.weight + at, four);
  const decayed = fma(weight, f32x4.splat(task.weightDecay), loadLanes(task.gradient + at, four));
  const carried = f32x4.mul(loadLanes(task.velocity + at, four), f32x4.splat(task.momentum));
  const rate = f32x4.splat(-task.learningRate);
  const velocity = caffe ? fma(decayed, rate, carried) : f32x4.add(carried, decayed);
  storeLanes(task.newVelocity + at, velocity, four);
  storeLanes(task.newWeight + at, caffe ? f32x4.add(weight, velocity) : fma(velocity, rate, weight), four);
}
