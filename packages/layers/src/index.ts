import { registerLayers } from './register-layers.ts';

export { AdaptiveAveragePooling2D } from './adaptive-average-pooling.ts';
export { BatchNormalization, type BatchNormalizationArgs } from './batch-normalization.ts';
export { buildModel } from './build.ts';
export { Dropout, type DropoutArgs } from './dropout.ts';
export { EuclideanRBF } from './euclidean-rbf.ts';
export { Flatten } from './flatten.ts';
export { FullyConnected, type FullyConnectedArgs } from './fully-connected.ts';
export { GroupedConv2D, type GroupedConv2DArgs } from './grouped-conv2d.ts';
export { LocalResponseNormalization } from './local-response-normalization.ts';
export { isDropout, type ModelWeight, modelWeights, specOf, type VariableMemory, variableMemory } from './model.ts';
export { PartialConv2D, type PartialConv2DArgs } from './partial-conv2d.ts';
export { AveragePooling2D, MaxPooling2D } from './pooling.ts';
export { registerLayers } from './register-layers.ts';
export { Subsampling2D } from './subsampling.ts';
export { Tanh, type TanhArgs } from './tanh.ts';

registerLayers();
