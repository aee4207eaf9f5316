import type { StoredTensor } from '../../tensor.ts';

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
  | PickledObject
  | PickledStorage
  | PickledTensor
  | PickledOther;

/** A global that a pickle may name: a class or a function. Python's own is never called. */
export interface PickledGlobal {
  kind: 'global';
  name: string;
  /** What calling it gives. Left out where it is only a name: a type of storage, a device. */
  call?(args: readonly Pickled[]): Pickled;
  /** Type of elements, of a type of storage or of elements. */
  elements?: ElementType;
}

/** A type of elements: how it is read, if it is, and how many bytes one takes. */
export interface ElementType {
  dtype: StoredTensor['dtype'];
  bytes: number;
}

/** An object of a class that gets its content after it was made: the arguments it was made with, and then its state. */
export interface PickledObject {
  kind: 'object';
  name: string;
  args: readonly Pickled[];
  state: Pickled;
  /** What was set by key, where its class is a kind of dictionary. */
  items?: Map<Pickled, Pickled>;
}

/** A storage: elements outside the pickle. */
export interface PickledStorage {
  kind: 'storage';
  key: string;
  elements: ElementType;
  /** Number of elements. */
  count: number;
  /** Offset of a view of a storage, in elements (files before PyTorch 0.4). */
  start: number;
  /** Its bytes, where they lie in the pickle. */
  content?: Uint8Array;
}

/** A view of a storage as a tensor. Nothing is checked yet. */
export interface PickledTensor {
  kind: 'tensor';
  storage: PickledStorage;
  offset: Pickled;
  shape: Pickled;
  strides: Pickled;
  /** Type of the elements, where the storage is one of bytes. */
  elements?: ElementType;
  /** What makes whole numbers those that they stand for: scheme, scale, zero point, axis. */
  quantizer?: Pickled;
}

/** What stands where a tensor does, and has no numbers that are read. */
export interface PickledOther {
  kind: 'other';
  shape: Pickled;
  /** What it is, and what to do, for the message of whoever asks for the numbers. */
  what: string;
  advice: string;
}

type Kinds = {
  global: PickledGlobal;
  object: PickledObject;
  storage: PickledStorage;
  tensor: PickledTensor;
  other: PickledOther;
};

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
