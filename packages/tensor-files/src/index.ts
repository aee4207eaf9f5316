export type { OpenOptions, WeightsSource } from './byte-source.ts';
export type { FileToWrite, Format } from './codecs/format.ts';
export { formats } from './codecs/formats.ts';
export { openTensors } from './open-tensors.ts';
export { type SaveTensorsOptions, saveTensors, tensorFiles } from './save-tensors.ts';
export { type Dtype, elements, type NamedTensor, type StoredTensor, type TensorFile } from './tensor.ts';
