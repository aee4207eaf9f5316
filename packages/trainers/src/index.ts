export { bestEpoch, type EpochResult } from './best-epoch.ts';
export { type ClassWeights, classWeightBounds, classWeightsOf } from './class-weights.ts';
export { type ClassifyOptions, classify, type Prediction } from './classify.ts';
export { type DivergenceCause, divergenceCauses } from './divergence-causes.ts';
export { stopsEarly } from './early-stopping.ts';
export { loadAverages } from './ema.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
export { type Features, features } from './features.ts';
export { learnedWeights } from './learned-weights.ts';
export { adam, adamw } from './optimizers/adam.ts';
export { defaultOptimizer } from './optimizers/default-optimizer.ts';
export { sgd } from './optimizers/sgd.ts';
export {
  constant,
  cosine,
  oneCycle,
  type PlateauOptions,
  plateau,
  polynomial,
  stepDecay,
  withWarmup,
} from './schedules.ts';
export {
  type TensorBoardOptions,
  tensorBoardHead,
  tensorBoardLength,
  tensorBoardRecord,
} from './tensorboard/tensor-board.ts';
export { train } from './train.ts';
export type {
  CheckpointEvent,
  DeadNetwork,
  DeviceLostEvent,
  DoneEvent,
  EpochEvent,
  Evaluation,
  Guess,
  StepEvent,
  TrainEvent,
  TrainingWarning,
} from './train-event.ts';
export type { TrainOptions } from './train-options.ts';
export { type WarmUpOptions, warmUp } from './warm-up.ts';
export { oneClassOnly, warningText } from './warnings.ts';
