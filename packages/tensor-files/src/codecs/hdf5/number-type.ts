import type { Dtype } from '../../tensor.ts';
import type { Cursor } from './file-reader.ts';

/** How a dataset's numbers are stored. */
export interface NumberType {
  dtype: Dtype;
  bigEndian: boolean;
}

const integers: Readonly<Record<number, Dtype>> = { 1: 'I8', 2: 'I16', 4: 'I32', 8: 'I64' };
const unsigned: Readonly<Record<number, Dtype>> = { 1: 'U8', 2: 'U16', 4: 'U32', 8: 'U64' };
const floats: Readonly<Record<string, Dtype>> = { '2/5': 'F16', '2/8': 'BF16', '4/8': 'F32', '8/11': 'F64' };

/** A datatype message (HDF5 File Format Specification, IV.A.2.d), or undefined for texts, records and other numbers. */
export function numberType(message: Cursor): NumberType | undefined {
  const kind = message.u8() & 15;
  const bits = message.u8();
  message.skip(2);
  const size = message.u32();
  const bigEndian = (bits & 1) !== 0;
  if (kind === 0) {
    const signed = (bits & 8) !== 0;
    const dtype = (signed ? integers : unsigned)[size];
    return dtype && { dtype, bigEndian };
  }
  if (kind === 1) {
    message.skip(5);
    const dtype = floats[`${size}/${message.u8()}`];
    return dtype && (bits & 0x40) === 0 ? { dtype, bigEndian } : undefined;
  }
  // h5py's booleans are an enumeration of one byte.
  return kind === 8 && size === 1 ? { dtype: 'BOOL', bigEndian: false } : undefined;
}
