import { elements } from '@zoo/core';
import type { Bytes } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { unreadableTensor } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import { type Meter, objectsPerTensor } from '../../meter.ts';
import { ofBytes } from '../../sources/of-bytes.ts';
import { stridedTensor } from '../../strided/strided-tensor.ts';
import { span, type View } from '../../strided/view.ts';
import type { StoredTensor } from '../../tensor.ts';
import {
  described,
  type Pickled,
  type PickledOther,
  type PickledStorage,
  type PickledTensor,
} from '../pickle/pickled.ts';
import type { StateDict } from './state-dict.ts';

/** Where the bytes of storages are. */
export interface Storages {
  bigEndian: boolean;
  /** What tensors draw from. */
  meter: Meter;
  /** The way to a storage's bytes, or undefined where the file has none of that name. */
  find(storage: PickledStorage): Promise<Bytes | undefined>;
}

/** Axes of a tensor that are read. */
const maxAxes = 16;

const counts = (value: Pickled): number[] | undefined =>
  Array.isArray(value) &&
  value.length <= maxAxes &&
  value.every((one) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0)
    ? value.filter((one) => typeof one === 'number')
    : undefined;

/** Elements of an expanded tensor, whose storage has fewer: so many that no layer's bias or norm has more, and no small file takes the memory. */
const maxExpanded = 2 ** 22;

/**
 * A tensor of a state dict. It may be a view: of a part of its storage, transposed, one that others share, or expanded (strides of 0).
 */
async function pytorchTensor(
  name: string,
  tensor: PickledTensor | PickledOther,
  storages: Storages,
  place: string,
): Promise<StoredTensor> {
  const called = `${place}: ${name.slice(0, 200)}`;
  if (tensor.kind === 'other')
    return unreadableTensor(name, counts(tensor.shape) ?? [], unsupported(called, tensor.what, tensor.advice));
  const { storage } = tensor;
  const shape = counts(tensor.shape);
  const strides = counts(tensor.strides);
  const offset = counts([tensor.offset])?.[0];
  if (!shape || !strides || offset === undefined || shape.length !== strides.length)
    throw damaged(
      called,
      `has the shape ${described(tensor.shape)}, the strides ${described(tensor.strides)} and the offset ${described(tensor.offset)}, which are no sizes`,
    );
  const view: View = { sizes: shape, strides, offset: storage.start + offset };
  const type = tensor.elements ?? storage.elements;
  const held = Math.floor((storage.count * storage.elements.bytes) / type.bytes);
  const needed = view.offset + span(view);
  const isExpanded = strides.some((stride, axis) => stride === 0 && (shape[axis] ?? 0) > 1);
  if (needed > held || (elements(shape) > held && !isExpanded))
    throw damaged(
      called,
      `[${shape}] with strides [${strides}] from ${offset} takes ${Math.max(needed, elements(shape))} elements, but its storage has ${held}`,
    );
  const found = storage.content ? ofBytes(storage.content) : await storages.find(storage);
  const size = storage.count * storage.elements.bytes;
  if (!found)
    throw damaged(called, `lies in storage ${JSON.stringify(storage.key.slice(0, 40))}, which the file does not have`);
  if (found.size !== size)
    throw damaged(
      called,
      `lies in a storage of ${found.size} bytes, but ${storage.count} of ${storage.elements.bytes} bytes take ${size}`,
    );
  if (type.dtype === 'OTHER')
    return unreadableTensor(
      name,
      shape,
      unsupported(called, 'has elements of a type that is not read, as complex numbers', 'Convert it to float32 first'),
    );
  if (elements(shape) > Math.max(held, maxExpanded))
    return unreadableTensor(
      name,
      shape,
      unsupported(
        called,
        `is expanded from ${held} elements to ${elements(shape)}, more than ${maxExpanded}`,
        'Save its contiguous() form',
      ),
    );
  const stored = stridedTensor({
    name,
    dtype: type.dtype,
    view,
    bigEndian: storages.bigEndian,
    bytes: found,
  });
  if (tensor.quantizer === undefined) return stored;
  // Few checkpoints are quantised.
  const { ofQuantizer } = await import('./quantizer.ts');
  return ofQuantizer(stored, tensor.quantizer, called, (part) => pytorchTensor(name, part, storages, place));
}

/** The tensors of the likeliest dict, and those of the others where they are whole. */
export async function openStateDicts(
  states: readonly StateDict[],
  storages: Storages,
  place: string,
): Promise<Contents> {
  const open = async ({ tensors }: StateDict) => {
    const opened = new Map<string, StoredTensor>();
    storages.meter.spend('objects', tensors.size * objectsPerTensor);
    for (const [name, tensor] of tensors) opened.set(name, await pytorchTensor(name, tensor, storages, place));
    return opened;
  };
  const [first, ...others] = await Promise.all(states.map(open));
  return {
    tensors: first ?? new Map(),
    metadata: states[0]?.beside ?? {},
    others,
    places: states.map(({ path }) => path),
  };
}
