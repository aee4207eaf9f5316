import type { Dtype } from '../../tensor.ts';

/** What a checkpoint's pickle may hold. Lists and tuples are both arrays. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledGlobal
  | PickledStorage
  | PickledTensor;

/** A name of Python's that a pickle may speak of: a class or a function. It is never Python's own that is called. */
export interface PickledGlobal {
  kind: 'global';
  name: string;
  /** What calling it gives. Left out where it is only a name: a type of storage, a device. */
  call?(args: readonly Pickled[]): Pickled;
  /** Type of numbers, of a type of storage. */
  dtype?: Dtype;
}

/** Numbers that lie outside the pickle. */
export interface PickledStorage {
  kind: 'storage';
  key: string;
  dtype: Dtype;
  /** How many numbers there are. */
  count: number;
  /** Where a view of a storage begins, in numbers (files before PyTorch 0.4). */
  start: number;
}

/** Numbers of a storage, seen as a tensor. Nothing is checked yet. */
export interface PickledTensor {
  kind: 'tensor';
  storage: PickledStorage;
  offset: Pickled;
  shape: Pickled;
  strides: Pickled;
}

type Kinds = { global: PickledGlobal; storage: PickledStorage; tensor: PickledTensor };

export const isKind = <K extends keyof Kinds>(value: Pickled | undefined, kind: K): value is Kinds[K] =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/** A few words for a message, however large the value is. */
export function described(value: Pickled | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Map) return `a dict of ${value.size}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return typeof value === 'object' && value !== null ? `a ${value.kind}` : String(value).slice(0, 40);
}
