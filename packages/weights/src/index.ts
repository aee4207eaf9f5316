export type {
  Dtype,
  FileToWrite,
  Format,
  NamedTensor,
  OpenOptions,
  StoredTensor,
  TensorFile,
  TensorSource,
} from '@zoo/tensor-files';
export { formats, openTensors, type SaveTensorsOptions, saveTensors, tensorFiles } from '@zoo/tensor-files';
export { npyBytes, npzBytes } from '@zoo/tensor-files/npy';
export { specAsStated } from './computation/spec-as-stated.ts';
export { modelFiles, writableEndings } from './exports/model-files.ts';
export { type OnnxOptions, onnxBytes } from './exports/onnx-bytes.ts';
export type { SaveOptions } from './exports/save-options.ts';
export { type InferredSpec, inferSpec, inferSpecs } from './infer-spec.ts';
export { type Layout, toTfjs, toTorch } from './layout.ts';
export { type LoadedModel, loadModel } from './load-model.ts';
export { type FillOptions, fillModel, type LoadOptions, type LoadReport, loadWeights } from './load-weights.ts';
export { chooseDictionary } from './mapping/choose-dictionary.ts';
export { shardHint } from './mapping/hints.ts';
export type { LayoutStep } from './mapping/layout-step.ts';
export { type MappedTensor, type MappingRule, mappingTable } from './mapping/mapping.ts';
export type { Mismatched } from './mapping/partial-match.ts';
export { type ModelMetadata, metadataJson, readMetadata } from './model-metadata.ts';
export { type LaidOutVariable, type LaidOutWeight, laidOutWeights, weightsOfSpec } from './model-tensors.ts';
export { type Fit, requireFit } from './require-fit.ts';
export { modelBytes, saveWeights } from './save-weights.ts';
