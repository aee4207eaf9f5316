export type { WeightsSource } from './byte-source.ts';
export { type Layout, toTfjs, toTorch } from './layout.ts';
export { type LoadedModel, loadModel } from './load-model.ts';
export { fillModel, type LoadReport, loadWeights } from './load-weights.ts';
export { type ModelMetadata, metadataJson, readMetadata } from './model-metadata.ts';
export { type LaidOutWeight, laidOutWeights } from './model-tensors.ts';
export { openTensors } from './open-tensors.ts';
export { modelBytes, type SaveOptions, saveWeights } from './save-weights.ts';
export type { Dtype, NamedTensor, StoredTensor, TensorFile } from './tensor.ts';
