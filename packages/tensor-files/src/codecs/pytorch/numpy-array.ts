import type { Dtype } from '../../tensor.ts';
import type { Pickled, PickledObject, PickledOther, PickledTensor } from '../pickle/pickled.ts';
import { objectOf } from './modules.ts';

/** By NumPy's letter and the number of bytes. */
const dtypes: Readonly<Record<string, Dtype>> = {
  f8: 'F64',
  f4: 'F32',
  f2: 'F16',
  i8: 'I64',
  i4: 'I32',
  i2: 'I16',
  i1: 'I8',
  u8: 'U64',
  u4: 'U32',
  u2: 'U16',
  u1: 'U8',
  b1: 'BOOL',
};

/** Whether an object is an array of NumPy. */
export const isArray = ({ name, state }: PickledObject): boolean =>
  /^numpy\._?core\.multiarray\._reconstruct$/.test(name) && Array.isArray(state);

const partsOf = (value: Pickled | undefined): readonly Pickled[] => (Array.isArray(value) ? value : []);

/** Python 3 writes bytes as a text for protocols before its own. */
const bytesOf = (value: Pickled | undefined): Uint8Array | undefined => {
  const encoded = value === undefined ? undefined : objectOf(value);
  const text = encoded?.name === '_codecs.encode' ? encoded.args[0] : value;
  if (typeof text === 'string') return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return value instanceof Uint8Array ? value : undefined;
};

/** Numbers as the file has them elsewhere: those of the other order are turned round one by one. */
function inOrder(bytes: Uint8Array, size: number, turned: boolean): Uint8Array {
  if (!turned) return bytes;
  return Uint8Array.from(bytes, (_, at) => bytes[at - (at % size) + (size - 1 - (at % size))] ?? 0);
}

/**
 * An array that lies beside tensors, its numbers in the pickle: `(version, shape, dtype, in columns, bytes)`. As a tensor, and where
 * it holds no numbers, as what it is.
 *
 * @param bigEndian Of the file.
 */
export function tensorOfArray({ state }: PickledObject, isBigEndian: boolean): PickledTensor | PickledOther {
  const [, shape = null, type, inColumns, stored] = partsOf(state);
  const descr = type === undefined ? undefined : objectOf(type);
  const [letters] = descr?.args ?? [];
  const [, order] = partsOf(descr?.state);
  const dtype = dtypes[String(letters)];
  const bytes = bytesOf(stored);
  const sizes = partsOf(shape).map(Number);
  if (!dtype || !bytes)
    return {
      kind: 'other',
      shape,
      what: `is an array of NumPy of ${JSON.stringify(String(letters).slice(0, 20))}, which is not read`,
      advice: 'Save tensors',
    };
  const size = Number(String(letters).slice(1));
  const turned = size > 1 && (order === '>') !== isBigEndian;
  const steps = inColumns === true ? sizes : sizes.toReversed();
  const strides = steps.map((_, place) => steps.slice(0, place).reduce((product, one) => product * one, 1));
  return {
    kind: 'tensor',
    storage: {
      kind: 'storage',
      key: '',
      elements: { dtype, bytes: size },
      count: bytes.length / size,
      start: 0,
      content: inOrder(bytes, size, turned),
    },
    offset: 0,
    shape,
    strides: inColumns === true ? strides : strides.toReversed(),
  };
}
