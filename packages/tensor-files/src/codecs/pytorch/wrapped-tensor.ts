import { isKind, type Pickled } from '../pickle/pickled.ts';
import { objectOf } from './modules.ts';
import { withoutNumbers } from './without-numbers.ts';

/** Attributes of an object, whose slots may lie in a second dictionary. */
function attributesOf(state: Pickled | undefined): ReadonlyMap<Pickled, Pickled> {
  const [first = null, second = null] = Array.isArray(state) ? state : [state ?? null];
  return new Map([first, second].flatMap((one) => (one instanceof Map ? [...one] : [])));
}

const sizes = (value: Pickled | undefined): string =>
  Array.isArray(value) ? value.slice(0, 16).map(Number).join(', ') : '';

/** How a DTensor is spread over ranks: `Shard`, `Replicate`, `Partial`. */
function placementsOf(spec: Pickled | undefined): string[] {
  const placements = attributesOf(spec === undefined ? null : objectOf(spec)?.state).get('placements');
  return (Array.isArray(placements) ? placements.slice(0, 16) : []).map((one) => objectOf(one)?.name ?? '');
}

/** A tensor of several ranks, as FSDP2 has them. The one rank that this file is of may have all of it. */
function distributed(shape: Pickled | undefined, attributes: ReadonlyMap<Pickled, Pickled>): Pickled {
  const local = attributes.get('_local_tensor');
  const has = isKind(local, 'tensor') ? sizes(local.shape) : '';
  const isPartial = placementsOf(attributes.get('_spec')).some((name) => /Partial$/.test(name));
  if (local !== undefined && isKind(local, 'tensor') && has === sizes(shape) && !isPartial) return local;
  return withoutNumbers(
    shape,
    `is a DTensor of [${sizes(shape)}], of which this file has the part of one rank, [${has}]${isPartial ? ', a part of a sum' : ''}`,
    'Save the full_tensor() of each, or get_model_state_dict() with StateDictOptions(full_state_dict=True)',
  );
}

/**
 * A tensor whose class keeps its numbers in attributes (`torch._utils._rebuild_wrapper_subclass`): a DTensor, or one that only its class can tell.
 *
 * @param args Class, type, size, strides, ...
 */
export function wrapped(type: string, [, , shape]: readonly Pickled[], state: Pickled): Pickled {
  if (/^torch\.distributed\.(?:_?tensor)\b.*\.DTensor$/.test(type)) return distributed(shape, attributesOf(state));
  return withoutNumbers(
    shape,
    `is a tensor of ${type.slice(0, 120)}, whose numbers only its class can tell`,
    'Save it as a plain tensor (dequantize(), full_tensor(), or what its class calls it)',
  );
}
