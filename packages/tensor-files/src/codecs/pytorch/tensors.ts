import type { Bytes } from '../../bytes.ts';
import { damaged } from '../../damaged.ts';
import { stridedTensor } from '../../strided/strided-tensor.ts';
import { span, type View } from '../../strided/view.ts';
import { bytesPerElement, elements, type StoredTensor } from '../../tensor.ts';
import { described, type Pickled, type PickledStorage, type PickledTensor } from '../pickle/pickled.ts';

/** Where the bytes of storages are. */
export interface Storages {
  bigEndian: boolean;
  /** The way to a storage's bytes, or undefined where the file has none of that name. */
  find(storage: PickledStorage): Promise<Bytes | undefined>;
}

const counts = (value: Pickled): number[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0)
    ? value.filter((one) => typeof one === 'number')
    : undefined;

/**
 * A tensor of a state dict. It may be a view: of a part of its storage, transposed, or of one that others share. It may
 * not have more numbers than its storage (as an expanded one has), so that no small file asks for much memory.
 */
export async function pytorchTensor(
  name: string,
  tensor: PickledTensor,
  storages: Storages,
  place: string,
): Promise<StoredTensor> {
  const { storage } = tensor;
  const called = `${place}: ${name.slice(0, 200)}`;
  const shape = counts(tensor.shape);
  const strides = counts(tensor.strides);
  const offset = counts([tensor.offset])?.[0];
  if (!shape || !strides || offset === undefined || shape.length !== strides.length || shape.length > 16)
    throw damaged(
      called,
      `has the shape ${described(tensor.shape)}, the strides ${described(tensor.strides)} and the offset ${described(tensor.offset)}, which are no sizes`,
    );
  const view: View = { sizes: shape, strides, offset: storage.start + offset };
  const needed = view.offset + span(view);
  if (needed > storage.count || elements(shape) > storage.count)
    throw damaged(
      called,
      `[${shape}] with strides [${strides}] from ${offset} takes ${Math.max(needed, elements(shape))} numbers, but its storage has ${storage.count}`,
    );
  const found = await storages.find(storage);
  const size = storage.count * bytesPerElement[storage.dtype];
  if (!found)
    throw damaged(called, `lies in storage ${JSON.stringify(storage.key.slice(0, 40))}, which the file does not have`);
  if (found.size !== size)
    throw damaged(
      called,
      `lies in a storage of ${found.size} bytes, but ${storage.count} of ${storage.dtype} take ${size}`,
    );
  return stridedTensor({
    name,
    dtype: storage.dtype,
    view,
    bigEndian: storages.bigEndian,
    bytes: found,
  });
}
