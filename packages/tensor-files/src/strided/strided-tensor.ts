import { type Bytes, partOf } from '../bytes.ts';
import { contiguousTensor } from '../elements/stored-tensor.ts';
import { bytesPerElement, type Dtype, type StoredTensor } from '../tensor.ts';
import { isContiguous, span, type View } from './view.ts';

/** A strided tensor in a storage. */
export interface Strided {
  name: string;
  dtype: Dtype;
  /** Where they lie, counted in elements. */
  view: View;
  /** Default: false. */
  bigEndian?: boolean;
  /** The storage. */
  bytes: Bytes;
}

/** A tensor of a storage. The caller has checked that the storage holds `offset + span(view)` elements, and as many as the shape has. */
export function stridedTensor({ view, bytes, ...tensor }: Strided): StoredTensor {
  const size = bytesPerElement[tensor.dtype];
  const used = partOf(bytes, view.offset * size, span(view) * size);
  if (isContiguous(view)) return contiguousTensor({ ...tensor, shape: view.sizes, bytes: used });
  const all = contiguousTensor({ ...tensor, shape: [span(view)], bytes: used });
  const { name, dtype } = tensor;
  return {
    name,
    dtype,
    shape: view.sizes,
    read: async () => (await import('./copy.ts')).reordered(await all.read(), { ...view, offset: 0 }),
  };
}
