import { elements } from '@zoo/core';
import type { NamedTensor } from '../tensor.ts';

/** A tensor's elements as little-endian bytes, in the type that is written. */
export async function tensorBytes({ name, shape, dtype = 'F32', data }: NamedTensor): Promise<Uint8Array> {
  const values = await data();
  if (values.length !== elements(shape)) throw new Error(`${name}: ${values.length} elements for [${shape}]`);
  if (dtype === 'I64') return new Uint8Array(BigInt64Array.from(values, (value) => BigInt(Math.trunc(value))).buffer);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
