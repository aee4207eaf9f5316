import type { ZooError } from '@zoo/core';
import type { Bytes } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import type { Dtype } from '../../tensor.ts';
import { numpyDtypes } from './dtypes.ts';

/** How an array's elements are stored. */
export interface ElementType {
  dtype: Dtype;
  bigEndian: boolean;
}

/** What a .npy file says of its array (numpy/lib/format.py). */
export interface NpyHeader {
  /** How the elements are stored, or why they are not read. */
  type: ElementType | ZooError;
  /** The elements are objects of Python, in a pickle. */
  isObjects: boolean;
  /** Numbers lie in columns: the first axis is the innermost. */
  fortranOrder: boolean;
  shape: number[];
  /** Where the numbers begin. */
  start: number;
}

export const npyMagic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** NumPy's own limit, against headers that are all header. */
const maxHeaderLength = 10_000;

/** A dict of Python with these three keys, in NumPy's way of writing it, and nothing else. */
function fieldsOf(text: string, place: string): { descr: string; order: string; sizes: string } {
  const record = /^\{\s*'descr':\s*(\[.*?\]|\(.*?\)),\s*'fortran_order'/.exec(text)?.[1];
  const descr = record ?? /'descr':\s*'([^']{1,40})'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape':\s*\(([\d\s,]{0,300})\)/.exec(text)?.[1];
  const rest = text
    .replace(record ?? '', record ? "''" : '')
    .replace(/'(descr|fortran_order|shape)':\s*('[^']*'|True|False|\([\d\s,]*\))/g, '#')
    .trim();
  if (descr === undefined || order === undefined || sizes === undefined || !/^\{#,\s*#,\s*#,?\s*\}$/.test(rest))
    throw damaged(
      place,
      `has the header ${JSON.stringify(text.slice(0, 120))}, not a dict of descr, fortran_order and shape`,
    );
  return { descr, order, sizes };
}

/** Elements that are not read, by NumPy's letter: what they are, and what is done about it in Python. */
const others: readonly (readonly [code: RegExp, what: string, advice: string])[] = [
  [
    /^V1$/,
    'bytes of a type that NumPy has no name for, as float8 of ml_dtypes is saved',
    'Convert it first, as by array.view(ml_dtypes.float8_e4m3fn).astype("f4") for that type',
  ],
  [/^V/, 'bytes without a type', 'Save an array of numbers'],
  [/^[US]/, 'texts', 'Save an array of numbers'],
  [/^[Mm]/, 'dates or times', 'Save an array of numbers'],
  [/^c/, 'complex numbers', 'Save their parts as arrays of their own: array.real, array.imag'],
];

/** How elements of a type by NumPy's name are stored, or why they are not read. */
export function elementType(descr: string, place: string): ElementType | ZooError {
  if (/^[[(]/.test(descr))
    return unsupported(place, `holds records of ${descr.slice(0, 80)}, not numbers`, 'Save each field as an array');
  const [, byteOrder, code = ''] = /^([<>|=]?)(.*)$/s.exec(descr) ?? [];
  if (code.startsWith('O'))
    return unsupported(
      place,
      `holds objects of Python (descr '${descr}'), which are pickles`,
      'Save an array of numbers',
    );
  const dtype = numpyDtypes.get(code);
  if (!dtype) {
    const [, what = 'numbers of another type than are read', advice] = others.find(([kind]) => kind.test(code)) ?? [];
    return unsupported(place, `holds ${what} ('${descr}')`, advice ?? 'Convert it first, as by array.astype("f4")');
  }
  return { dtype, bigEndian: byteOrder === '>' };
}

/**
 * Reads a header of version 1, 2 or 3.
 *
 * @param bytes The array's beginning; all of the header, unless the file ends in it.
 */
export function parseNpyHeader(bytes: Uint8Array, place: string): NpyHeader {
  if (bytes.length < 10 || npyMagic.some((byte, index) => bytes[index] !== byte))
    throw damaged(place, 'does not begin as a .npy file does');
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3)
    throw unsupported(place, `is of version ${version}, not 1 to 3`, 'Save it with NumPy 2');
  const wide = version > 1;
  const start = wide ? 12 : 10;
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < start) throw damaged(place, 'ends within its header');
  const length = wide ? fields.getUint32(8, true) : fields.getUint16(8, true);
  if (length > maxHeaderLength)
    throw damaged(place, `says its header has ${length} bytes, more than ${maxHeaderLength}`);
  if (start + length > bytes.length) throw damaged(place, `says its header has ${length} bytes, but ends before`);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length));
  const { descr, order, sizes } = fieldsOf(text, place);
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter((size, index, all) => size !== '' || index < all.length - 1)
    .map((size) => (/^\d{1,15}$/.test(size) ? Number(size) : Number.NaN));
  if (shape.length > 32 || shape.some(Number.isNaN)) throw damaged(place, `has the shape (${sizes.slice(0, 80)})`);
  return {
    type: elementType(descr, place),
    isObjects: /^[|<>=]?O/.test(descr),
    fortranOrder: order === 'True',
    shape,
    start: start + length,
  };
}

/** How many bytes mostly hold a header, and how many surely do. */
const [usualHeaderLength, maxPrefixLength] = [1024, 12 + maxHeaderLength];

/** Reads a header of version 1, 2 or 3. */
export async function readNpyHeader(bytes: Bytes, place: string): Promise<NpyHeader> {
  const start = await bytes.read(0, Math.min(bytes.size, usualHeaderLength));
  // Behind the mark and the version stands the length, in two bytes or in four.
  const length = (start[8] ?? 0) + (start[9] ?? 0) * 256;
  if (12 + length <= start.length || start.length < usualHeaderLength) return parseNpyHeader(start, place);
  return parseNpyHeader(await bytes.read(0, Math.min(bytes.size, maxPrefixLength)), place);
}

/**
 * A header of version 1 for elements in rows; they begin on a multiple of 64.
 *
 * @param descr NumPy's name of the elements' type, such as `<f4`.
 */
export function npyHeaderBytes(shape: readonly number[], descr: string): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length);
  bytes.set([...npyMagic, 1, 0, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`), 10);
  return bytes;
}

/** NumPy's names of the types that are written. */
export const npyTypes = { F32: '<f4', I64: '<i8' } as const;
