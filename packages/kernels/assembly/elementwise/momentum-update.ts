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
}

export function momentumSpan(item: i32): void {
  const task = job<MomentumUpdate>();
  const end = spanEnd(item, task.count);
  let at = spanStart(item);
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
