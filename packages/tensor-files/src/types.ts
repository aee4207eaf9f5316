export type { FileToWrite } from './format.ts';
export type { FileBudget } from './meter.ts';
export type { Open } from './open-file.ts';
export type { FileSource, OpenOptions, TensorSource } from './sources/tensor-source.ts';
export type {
  FlattenOrder,
  Sizes,
  StatedLayer,
  StatedNetwork,
  StatedOperation,
  StatedPadding,
  StatedPictures,
} from './stated-network.ts';
export type { Dtype, NamedTensor, StoredTensor, TensorFile } from './tensor.ts';
