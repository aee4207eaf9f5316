import type { NamedTensor } from '@zoo/tensor-files';

/** Options of saving a model. */
export interface SaveOptions {
  /** Names of the classes, in the order of the logits. Default: none. */
  labels?: readonly string[];
  /** More tensors, such as an optimiser's state. Default: none. */
  tensors?: readonly NamedTensor[];
  /** More texts. Default: none. */
  metadata?: Readonly<Record<string, string>>;
}
