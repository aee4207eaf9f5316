import { damaged } from '../../damaged.ts';
import type { Dtype } from '../../tensor.ts';
import { described, isKind, type Pickled, type PickledGlobal, type PickledStorage } from '../pickle/pickled.ts';

const storages: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

/** Names that stand in checkpoints beside tensors, and mean nothing here: the value is passed over. */
const inert = [
  'torch.device',
  'torch.Size',
  ...['float64', 'float32', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool'].map(
    (dtype) => `torch.${dtype}`,
  ),
];

const isPair = (value: Pickled): value is [Pickled, Pickled] => Array.isArray(value) && value.length === 2;

/** The short list: what PyTorch's own writers put into a state dict or an optimiser's state, and nothing else. */
export function pytorchGlobals(place: string): ReadonlyMap<string, PickledGlobal> {
  const refuse = (name: string, args: readonly Pickled[]) =>
    damaged(place, `calls ${name} with (${args.slice(0, 8).map(described).join(', ')})`);
  const callable: Record<string, (args: readonly Pickled[]) => Pickled> = {
    'collections.OrderedDict': (args) => {
      const [pairs = []] = args;
      if (!Array.isArray(pairs) || !pairs.every(isPair)) throw refuse('collections.OrderedDict', args);
      return new Map(pairs);
    },
    'torch._utils._rebuild_tensor_v2': (args) => tensor('torch._utils._rebuild_tensor_v2', args),
    'torch._utils._rebuild_tensor': (args) => tensor('torch._utils._rebuild_tensor', args),
    'torch._utils._rebuild_parameter': ([data = null]) => data,
    'torch._utils._rebuild_parameter_with_state': ([data = null]) => data,
    'torch.nn.parameter.Parameter': ([data = null]) => data,
    'torch.Size': ([sizes = null]) => sizes,
    'torch.device': ([device = null]) => device,
    'torch.serialization._get_layout': ([layout = null]) => layout,
  };
  const tensor = (name: string, args: readonly Pickled[]): Pickled => {
    const [storage, offset = null, shape = null, strides = null] = args;
    if (!isKind(storage, 'storage')) throw refuse(name, args);
    return { kind: 'tensor', storage, offset, shape, strides };
  };
  const globals: PickledGlobal[] = [
    ...inert.map((name): PickledGlobal => ({ kind: 'global', name })),
    ...Object.entries(storages).map(
      ([name, dtype]): PickledGlobal => ({ kind: 'global', name: `torch.${name}`, dtype }),
    ),
    ...Object.entries(callable).map(([name, call]): PickledGlobal => ({ kind: 'global', name, call })),
  ];
  return new Map(globals.map((one) => [one.name, one]));
}

const isCount = (value: Pickled | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * A reference to a storage: `('storage', type, key, location, count)`, and in old files
 * `(..., (view key, offset, size))` or `(..., None)`.
 */
export function storageOf(place: string, id: Pickled): PickledStorage {
  const [word, type, key, , count, part = null] = Array.isArray(id) ? id : [];
  const known = word === 'storage' && isKind(type, 'global') && type.dtype;
  if (!known || typeof key !== 'string' || !isCount(count))
    throw damaged(place, `refers to ${described(id)}, which is no storage of numbers`);
  if (part === null) return { kind: 'storage', key, dtype: known, count, start: 0 };
  const [, start, size] = Array.isArray(part) ? part : [];
  if (!isCount(start) || !isCount(size) || start + size > count)
    throw damaged(place, `sees storage ${JSON.stringify(key.slice(0, 40))} of ${count} numbers as ${described(part)}`);
  return { kind: 'storage', key, dtype: known, count, start };
}
