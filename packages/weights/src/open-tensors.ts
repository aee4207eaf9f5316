import { type OpenOptions, openBytes, type WeightsSource } from './byte-source.ts';
import { openSafetensors } from './codecs/safetensors.ts';
import type { TensorFile } from './tensor.ts';

/**
 * Opens a file of tensors, today safetensors; nothing but its header is read until a tensor is asked for.
 *
 * @throws ZooError `not-found` or `network` when it cannot be read, `corrupt-file` when it is damaged or of another kind.
 */
export async function openTensors(source: WeightsSource, options: OpenOptions = {}): Promise<TensorFile> {
  const bytes = await openBytes(source, options);
  try {
    return await openSafetensors(bytes);
  } catch (error) {
    await bytes.close();
    throw error;
  }
}
