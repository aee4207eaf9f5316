import type { Pickled, PickledGlobal } from '../pickle/pickled.ts';

/** What is done about names that are none of PyTorch's own. */
export interface Unknown {
  unknown(name: string): PickledGlobal;
  /** A value without objects of unknown classes: dictionaries, lists and tensors. */
  plain(value: Pickled): Pickled;
  /** What was passed over, in sentences without a full stop. */
  notes(): readonly string[];
  /** Names of the classes and functions whose objects were passed over. */
  passed(): readonly string[];
}
