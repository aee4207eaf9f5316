import type { StoredTensor } from '../tensor.ts';
import type { Quantisation } from './quantisation.ts';

/** A quantised tensor, dequantised. The caller has checked with `blocksOf` that its scales fit. */
export function dequantised(stored: StoredTensor, quantisation: Quantisation): StoredTensor {
  // Few files have such tensors: the code is loaded with the first.
  const read = async () => (await import('./dequantised-values.ts')).dequantisedValues(stored, quantisation);
  const { name, dtype, shape } = stored;
  return { name, dtype: 'F32', shape, ...(dtype !== 'OTHER' && { quantised: dtype }), read };
}
