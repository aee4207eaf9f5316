/** Gradient descent with momentum: one walk through memory for what tfjs's ops make six of. */
import { fma } from '../simd/fma';
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { spanEnd, spanStart } from './spans';

@unmanaged
export class MomentumUpdate {
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
  /** `w = w + m v - r (g + d w)`, with the new velocity. Else `w = w - r (g + d w + m v)`. */
  nesterov: i32;
}

export function momentumSpan(item: i32): void {
  const task = job<MomentumUpdate>();
  const end = spanEnd(item, task.count);
  let at = spanStart(item);
  if (task.nesterov) {
    for (; at + 16 <= end; at += 16) nesterovAt(task, at, true);
    for (; at < end; at += 4) nesterovAt(task, at, false);
  } else if (task.caffe) {
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

// @ts-ignore: decorator
@inline
function nesterovAt(task: MomentumUpdate, at: usize, four: bool): void {
  const weight = loadLanes(task.weight + at, four);
  const decayed = fma(weight, f32x4.splat(task.weightDecay), loadLanes(task.gradient + at, four));
  const momentum = f32x4.splat(task.momentum);
  const carried = f32x4.mul(loadLanes(task.velocity + at, four), momentum);
  const rate = f32x4.splat(-task.learningRate);
  const velocity = task.caffe ? fma(decayed, rate, carried) : f32x4.add(carried, decayed);
  const next = task.caffe
    ? f32x4.add(weight, fma(velocity, momentum, f32x4.mul(decayed, rate)))
    : fma(fma(velocity, momentum, decayed), rate, weight);
  storeLanes(task.newVelocity + at, velocity, four);
  storeLanes(task.newWeight + at, next, four);
}
