import { elements } from '@zoo/core';
import { tensorBytes } from '../../elements/tensor-bytes.ts';
import { bytesPerElement, type NamedTensor } from '../../tensor.ts';

/** The file's bytes, a tensor at a time, as F32, or I64 for counts. The header is padded with spaces, so that data begins on a multiple of 64,
 * from where a file is read fastest. */
export async function* safetensorsBytes(
  tensors: readonly NamedTensor[],
  texts: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const header: Record<string, unknown> = Object.keys(texts).length > 0 ? { __metadata__: texts } : {};
  let offset = 0;
  for (const { name, shape, dtype = 'F32' } of tensors) {
    const end = offset + elements(shape) * bytesPerElement[dtype];
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padding = -(8 + json.length) & 63;
  const lead = new Uint8Array(8 + json.length + padding).fill(0x20);
  new DataView(lead.buffer).setBigUint64(0, BigInt(json.length + padding), true);
  lead.set(json, 8);
  yield lead;
  for (const tensor of tensors) yield await tensorBytes(tensor);
}
