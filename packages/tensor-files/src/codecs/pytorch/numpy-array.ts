import { elements } from '@zoo/core';
import { swapBytes } from '../../elements/swap-bytes.ts';
import type { Meter } from '../../meter.ts';
import { numpyDtypes } from '../numpy/dtypes.ts';
import type { Pickled, PickledObject, PickledOther, PickledTensor } from '../pickle/pickled.ts';
import { objectOf } from './modules.ts';

/** NumPy's own limit. A shape may be referred to again and again: no more of it is looked at. */
const maxAxes = 64;

/** Whether an object is an array of NumPy. */
export const isArray = ({ name, state }: PickledObject): boolean =>
  /^numpy\._?core\.multiarray\._reconstruct$/.test(name) && Array.isArray(state);

const partsOf = (value: Pickled | undefined): readonly Pickled[] => (Array.isArray(value) ? value : []);

/** Python 3 writes bytes as a text for protocols before its own. */
function bytesOf(value: Pickled | undefined, meter: Meter): Uint8Array | undefined {
  const encoded = value === undefined ? undefined : objectOf(value);
  const text = encoded?.name === '_codecs.encode' ? encoded.args[0] : value;
  if (typeof text !== 'string') return value instanceof Uint8Array ? value : undefined;
  meter.spend('bytes', text.length);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * An array that lies beside tensors, its numbers in the pickle: `(version, shape, dtype, in columns, bytes)`. As a tensor, and where
 * it holds no numbers, as what it is.
 *
 * @param isBigEndian Of the file.
 */
export function tensorOfArray(
  { state }: PickledObject,
  isBigEndian: boolean,
  meter: Meter,
): PickledTensor | PickledOther {
  const [, shape = null, type, inColumns, stored] = partsOf(state);
  const descr = type === undefined ? undefined : objectOf(type);
  const [letters] = descr?.args ?? [];
  const [, order] = partsOf(descr?.state);
  const dtype = numpyDtypes.get(String(letters));
  const bytes = bytesOf(stored, meter);
  const sizes = partsOf(shape)
    .slice(0, maxAxes + 1)
    .map(Number);
  if (!dtype || !bytes)
    return {
      kind: 'other',
      shape,
      what: `is an array of NumPy of ${JSON.stringify(String(letters).slice(0, 20))}, which is not read`,
      advice: 'Save tensors',
    };
  const size = Number(String(letters).slice(1));
  const turned = size > 1 && (order === '>') !== isBigEndian;
  if (turned) meter.spend('bytes', bytes.length);
  const steps = inColumns === true ? sizes : sizes.toReversed();
  const strides = steps.map((_, index) => elements(steps.slice(0, index)));
  return {
    kind: 'tensor',
    storage: {
      kind: 'storage',
      key: '',
      elements: { dtype, bytes: size },
      count: bytes.length / size,
      start: 0,
      content: turned ? swapBytes(bytes, size) : bytes,
    },
    offset: 0,
    shape,
    strides: inColumns === true ? strides : strides.toReversed(),
  };
}
