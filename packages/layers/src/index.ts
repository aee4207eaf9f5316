export { AdaptiveAveragePooling2D } from './adaptive-average-pooling.ts';
export { BatchNormalization, type BatchNormalizationArgs } from './batch-normalization.ts';
export { buildModel } from './build-model.ts';
export { Dropout, type DropoutArgs } from './dropout.ts';
export { GroupedConv2D, type GroupedConv2DArgs } from './grouped-conv2d.ts';
export { LocalResponseNormalization } from './local-response-normalization.ts';
export { type ModelWeight, modelWeights } from './model-weights.ts';
export { AveragePooling2D, MaxPooling2D } from './pooling.ts';
export { specOf } from './spec-of.ts';
