/** What the module exports of this room. */
import { Kind } from '../generated/dispatch';
import { job } from '../threads/job';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { AdamUpdate } from './adam-update';
import { MomentumUpdate } from './momentum-update';
import { Relu } from './relu';
import { spans } from './spans';
import { sumOfElements } from './sum-elements';

export function relu(x: usize, y: usize, count: i32): i32 {
  const task = job<Relu>();
  task.x = x;
  task.out = y;
  task.count = count;
  return parallel(Kind.reluSpan, spans(count));
}

export function reluGrad(dy: usize, x: usize, dx: usize, count: i32): i32 {
  const task = job<Relu>();
  task.x = x;
  task.dy = dy;
  task.out = dx;
  task.count = count;
  return parallel(Kind.reluGradSpan, spans(count));
}

/** @param newWeight Where the result goes; it may be `weight` itself, and `newVelocity` may be `velocity`. */
export function momentumUpdate(
  weight: usize, velocity: usize, gradient: usize, newWeight: usize, newVelocity: usize, count: i32,
  learningRate: f32, momentum: f32, weightDecay: f32, caffe: bool, nesterov: bool,
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
  task.nesterov = nesterov;
  return parallel(Kind.momentumSpan, spans(count));
}

/** @param newWeight Where the result goes; it may be `weight` itself, and so may the other two. */
export function adamUpdate(
  weight: usize, mean: usize, square: usize, gradient: usize, newWeight: usize, newMean: usize, newSquare: usize, count: i32,
  learningRate: f32, beta1: f64, beta2: f64, meanScale: f32, squareScale: f32, epsilon: f32, weightDecay: f32, decoupled: bool,
): i32 {
  const task = job<AdamUpdate>();
  task.weight = weight;
  task.mean = mean;
  task.square = square;
  task.gradient = gradient;
  task.newWeight = newWeight;
  task.newMean = newMean;
  task.newSquare = newSquare;
  task.count = count;
  task.learningRate = learningRate;
  task.beta1 = <f32>beta1;
  task.rest1 = <f32>(1 - beta1);
  task.beta2 = <f32>beta2;
  task.rest2 = <f32>(1 - beta2);
  task.meanScale = meanScale;
  task.squareScale = squareScale;
  task.epsilon = epsilon;
  task.weightDecay = decoupled ? 0 : weightDecay;
  task.shrink = decoupled ? -learningRate * weightDecay : 0;
  return parallel(Kind.adamSpan, spans(count));
}

/** Leaves one number at `out`. */
export function sumElements(x: usize, out: usize, count: i32): i32 {
  store<f32>(out, sumOfElements(x, count));
  return ok;
}
