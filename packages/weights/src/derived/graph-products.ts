import type { StatedNetwork, StoredTensor } from '@zoo/tensor-files';
import { transposed } from '@zoo/tensor-files/strided';
import type { Derived, Tensors } from './derived.ts';

/** Every element times a factor. */
function scaled({ name, dtype, shape, read }: StoredTensor, factor: number): StoredTensor {
  return { name, dtype, shape, read: async () => (await read()).map((value) => value * factor) };
}

/**
 * Weights of dense layers as `[out, in]`, whichever way an ONNX graph multiplies by them (MatMul, Gemm's transB), times what it multiplies
 * the products by (Gemm's alpha and beta). A square matrix does not show by its shape which way it lies.
 */
export function graphProducts(tensors: Tensors, network: StatedNetwork | undefined): Derived[] {
  const made = new Map<string, Derived>();
  for (const layer of network?.layers ?? []) {
    if (layer.kind !== 'dense') continue;
    const { transposed: isTransposed = false, alpha = 1, beta = 1 } = layer;
    const [weight, bias] = [tensors.get(layer.tensors?.weight ?? ''), tensors.get(layer.tensors?.bias ?? '')];
    if (weight && !weight.unreadable && weight.shape.length === 2 && (isTransposed || alpha !== 1)) {
      const turned = isTransposed ? transposed(weight, [1, 0]) : weight;
      const tensor = alpha === 1 ? turned : scaled(turned, alpha);
      made.set(weight.name, { tensor, step: isTransposed ? 'transposed' : 'scaled', parts: [weight.name] });
    }
    if (bias && !bias.unreadable && beta !== 1)
      made.set(bias.name, { tensor: scaled(bias, beta), step: 'scaled', parts: [bias.name] });
  }
  return [...made.values()];
}
