import { ZooError } from '@zoo/core';
import { dequantised } from '../../elements/dequantised.ts';
import { blocksOf, type Scale } from '../../elements/quantisation.ts';
import type { StoredTensor } from '../../tensor.ts';
import type { Pickled, PickledTensor } from '../pickle/pickled.ts';

/**
 * The numbers of a tensor of torch.ao.quantization: `(scheme, scale, zero point)`, or tensors of both and an axis.
 *
 * @param called The file and the tensor, for messages.
 * @param open Opens a tensor of scales or zero points.
 */
export async function ofQuantizer(
  stored: StoredTensor,
  quantizer: Pickled,
  called: string,
  open: (tensor: PickledTensor) => Promise<StoredTensor>,
): Promise<StoredTensor> {
  const [, scale, zeroPoint, axis = 0] = Array.isArray(quantizer) ? quantizer : [];
  const part = async (value: Pickled | undefined): Promise<Scale | undefined> => {
    if (typeof value === 'number') return { shape: [], read: async () => Float32Array.of(value) };
    const isTensor = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor';
    // Scales that are quantised themselves could go on without end.
    return isTensor && value.quantizer === undefined ? open(value) : undefined;
  };
  const [scales, zeros] = [await part(scale), await part(zeroPoint)];
  const fits = (one: Scale | undefined): one is Scale =>
    one !== undefined && typeof axis === 'number' && blocksOf(stored.shape, one.shape, axis) !== undefined;
  if (typeof axis !== 'number' || !fits(scales) || !fits(zeros))
    throw new ZooError(
      'corrupt-file',
      `${called}: is quantised by a scale and a zero point that do not fit [${stored.shape}], or are quantised themselves. Fetch or write the file anew.`,
    );
  return dequantised(stored, { scale: scales, zeroPoint: zeros, axis });
}
