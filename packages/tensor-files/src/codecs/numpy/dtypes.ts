import type { Dtype } from '../../tensor.ts';

/** Types of numbers by NumPy's letter and the number of bytes. */
export const numpyDtypes: ReadonlyMap<string, Dtype> = new Map([
  ['f8', 'F64'],
  ['f4', 'F32'],
  ['f2', 'F16'],
  ['i8', 'I64'],
  ['i4', 'I32'],
  ['i2', 'I16'],
  ['i1', 'I8'],
  ['u8', 'U64'],
  ['u4', 'U32'],
  ['u2', 'U16'],
  ['u1', 'U8'],
  ['b1', 'BOOL'],
  // Bytes that NumPy has no name for: of two, bfloat16 of ml_dtypes is the only type (JAX, Keras).
  ['V2', 'BF16'],
]);
