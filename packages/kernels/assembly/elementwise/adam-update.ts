/** Adam (Kingma and Ba 2015, algorithm 1), in one walk through memory. */
import { fma } from '../simd/fma';
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { spanEnd, spanStart } from './spans';

@unmanaged
export class AdamUpdate {
  weight: usize;
  mean: usize;
  square: usize;
  gradient: usize;
  newWeight: usize;
  newMean: usize;
  newSquare: usize;
  count: i32;
  learningRate: f32;
  beta1: f32;
  /** `1 - beta1`, taken in double precision: of 0.999 little would be left. */
  rest1: f32;
  beta2: f32;
  rest2: f32;
  /** `1 / (1 - beta1^t)`, by which the mean is too small at first. */
  meanScale: f32;
  /** `1 / (1 - beta2^t)`. */
  squareScale: f32;
  epsilon: f32;
  weightDecay: f32;
  /** What of the weight is added to it: `-learningRate weightDecay` in AdamW, whose gradient has no decay; else 0. */
  shrink: f32;
}

export function adamSpan(item: i32): void {
  const task = job<AdamUpdate>();
  const end = spanEnd(item, task.count);
  let at = spanStart(item);
  for (; at + 16 <= end; at += 16) updateAt(task, at, true);
  for (; at < end; at += 4) updateAt(task, at, false);
}

/** `beta a + rest term`. */
// @ts-ignore: decorator
@inline
function blend(a: v128, beta: f32, term: v128, rest: f32): v128 {
  return fma(term, f32x4.splat(rest), f32x4.mul(a, f32x4.splat(beta)));
}

// @ts-ignore: decorator
@inline
function updateAt(task: AdamUpdate, at: usize, four: bool): void {
  const weight = loadLanes(task.weight + at, four);
  const decayed = fma(weight, f32x4.splat(task.weightDecay), loadLanes(task.gradient + at, four));
  const mean = blend(loadLanes(task.mean + at, four), task.beta1, decayed, task.rest1);
  const square = blend(loadLanes(task.square + at, four), task.beta2, f32x4.mul(decayed, decayed), task.rest2);
  storeLanes(task.newMean + at, mean, four);
  storeLanes(task.newSquare + at, square, four);
  const deviation = f32x4.sqrt(f32x4.mul(square, f32x4.splat(task.squareScale)));
  const step = f32x4.div(f32x4.mul(mean, f32x4.splat(task.meanScale)), f32x4.add(deviation, f32x4.splat(task.epsilon)));
  storeLanes(task.newWeight + at, fma(step, f32x4.splat(-task.learningRate), fma(weight, f32x4.splat(task.shrink), weight)), four);
}
