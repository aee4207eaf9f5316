import { elements } from '@zoo/core';
import { damaged } from '../../damaged.ts';
import { contiguousTensor } from '../../elements/stored-tensor.ts';
import { type Meter, type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import { ofBytes } from '../../sources/of-bytes.ts';
import { stridedTensor } from '../../strided/strided-tensor.ts';
import { columnMajorView } from '../../strided/view.ts';
import { bytesPerElement, type StoredTensor } from '../../tensor.ts';
import { isKind, type Pickled, type PickledGlobal, type PickledObject } from '../pickle/pickled.ts';
import { PickleCutShort, readPickle } from '../pickle/read-pickle.ts';
import { elementType } from './npy-header.ts';

/** As much as a pickle of arrays may have: the elements lie in it. */
const maxPickleBytes = 2 ** 31 - 1;
const maxDepth = 4;
/** NumPy's own limit. */
const maxAxes = 64;

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const made =
  (name: string) =>
  (args: readonly Pickled[]): PickledObject => ({ kind: 'object', name, args, state: null });

/** What NumPy's own pickles of arrays name, before 2.0 and since, and nothing else. */
const globals: ReadonlyMap<string, PickledGlobal> = new Map(
  [
    { name: 'numpy.ndarray' },
    { name: 'numpy.dtype', call: made('dtype') },
    ...['numpy.core.multiarray', 'numpy._core.multiarray'].map((module) => ({
      name: `${module}._reconstruct`,
      call: made('array'),
    })),
    {
      name: '_codecs.encode',
      call: ([text = null]: readonly Pickled[]) => (typeof text === 'string' ? latin1(text) : text),
    },
    {
      name: 'collections.OrderedDict',
      call: () => new Map(),
    },
  ].map((one): [string, PickledGlobal] => [one.name, { kind: 'global', ...one }]),
);

/** Keys and types. They may be referred to again and again: no more of them is looked at. */
const maxTextLength = 200;

const text = (value: Pickled | undefined): string =>
  value instanceof Uint8Array
    ? new TextDecoder('latin1').decode(value.subarray(0, maxTextLength))
    : typeof value === 'string'
      ? value.slice(0, maxTextLength)
      : '';

/** `(version, shape, dtype, in columns, elements)`, where the elements are bytes or, of objects, a list. */
function partsOf(value: PickledObject) {
  const [, shape, dtype, columns, content] = Array.isArray(value.state) ? value.state : [];
  const sizes = Array.isArray(shape)
    ? shape.slice(0, maxAxes + 1).filter((size) => typeof size === 'number' && size >= 0)
    : [];
  const order = isKind(dtype, 'object') && Array.isArray(dtype.state) ? text(dtype.state[1]) : '';
  const descr = isKind(dtype, 'object') ? order + text(dtype.args[0]) : '';
  return { sizes: sizes.map(Number), descr, inColumns: columns === true, content };
}

/** @param called The file and the array, for messages. */
function arrayOf(name: string, value: PickledObject, called: string): StoredTensor {
  const { sizes, descr, inColumns, content } = partsOf(value);
  if (sizes.length > maxAxes) throw damaged(called, `is an array of more than ${maxAxes} axes`);
  const type = elementType(descr, called);
  if (type instanceof Error) throw type;
  const { dtype, bigEndian } = type;
  const expected = elements(sizes) * bytesPerElement[dtype];
  if (!(content instanceof Uint8Array) || content.length !== expected)
    throw damaged(called, `is an array [${sizes}] of ${dtype}, which takes ${expected} bytes, and has others`);
  const bytes = ofBytes(content);
  return inColumns
    ? stridedTensor({ name, dtype, view: columnMajorView(sizes), bigEndian, bytes })
    : contiguousTensor({ name, dtype, shape: sizes, bigEndian, bytes });
}

/** Arrays in dictionaries and lists, by the way to them: `conv1/0`. Each dictionary and list once, however often it is referred to. */
function arraysIn(top: Pickled, place: string, meter: Meter): Map<string, StoredTensor> {
  const found = new Map<string, StoredTensor>();
  const seen = new Set<Pickled>();
  const visit = (value: Pickled, path: string, depth: number): void => {
    if (isKind(value, 'object')) {
      const { content } = partsOf(value);
      // An array of objects, as numpy.save makes of a dictionary or a list.
      meter.spend('objects', objectsPerTensor);
      if (!Array.isArray(content)) found.set(path, arrayOf(path, value, `${place}: ${path.slice(0, 200)}`));
      else if (depth < maxDepth) visit(content.length === 1 ? (content[0] ?? null) : content, path, depth + 1);
      return;
    }
    if (depth >= maxDepth || seen.has(value) || !(value instanceof Map || Array.isArray(value))) return;
    seen.add(value);
    for (const [key, inner] of value instanceof Map ? value : value.entries()) {
      const name = typeof key === 'number' ? String(key) : text(key);
      visit(inner, path ? `${path}/${name}` : name, depth + 1);
    }
  };
  visit(top, '', 0);
  return found;
}

/**
 * The arrays of a dictionary that `numpy.save` pickled, as `bvlc_alexnet.npy` has them. No code of the pickle is run: it may name NumPy's
 * arrays and types alone.
 *
 * @param start Where the header ends.
 */
export async function numpyObjects(source: MeteredBytes, start: number): Promise<Map<string, StoredTensor>> {
  const { name: place, meter } = source;
  const size = source.size - start;
  if (size > maxPickleBytes) throw damaged(place, `has a pickle of ${size} bytes, more than ${maxPickleBytes}`);
  const load = (): never => {
    throw damaged(place, 'has a pickle that refers to things outside it');
  };
  try {
    const { value } = readPickle(await source.read(start, size), 0, place, {
      globals,
      load,
      meter,
      bytesOfPython2: true,
    });
    return arraysIn(value, place, meter);
  } catch (error) {
    if (error instanceof PickleCutShort) throw damaged(place, 'has a pickle that is cut short', error);
    throw error;
  }
}
