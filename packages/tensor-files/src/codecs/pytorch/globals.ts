import { damaged } from '../../damaged.ts';
import type { Dtype } from '../../tensor.ts';
import {
  described,
  type ElementType,
  isKind,
  type Pickled,
  type PickledGlobal,
  type PickledStorage,
} from '../pickle/pickled.ts';

const storages: Readonly<Record<string, readonly [Dtype, number]>> = {
  'torch.DoubleStorage': ['F64', 8],
  'torch.FloatStorage': ['F32', 4],
  'torch.HalfStorage': ['F16', 2],
  'torch.BFloat16Storage': ['BF16', 2],
  'torch.LongStorage': ['I64', 8],
  'torch.IntStorage': ['I32', 4],
  'torch.ShortStorage': ['I16', 2],
  'torch.CharStorage': ['I8', 1],
  'torch.ByteStorage': ['U8', 1],
  'torch.BoolStorage': ['BOOL', 1],
};

const isPair = (value: Pickled): value is [Pickled, Pickled] => Array.isArray(value) && value.length === 2;

/**
 * What most state dicts name. The rest of what `torch.load(weights_only=True)` lets a file name by itself
 * (torch/_weights_only_unpickler.py) is in rare-globals.ts.
 */
export function pytorchGlobals(place: string): ReadonlyMap<string, PickledGlobal> {
  const refuse = (name: string, args: readonly Pickled[]) =>
    damaged(place, `calls ${name} with (${args.slice(0, 8).map(described).join(', ')})`);
  const first = ([value = null]: readonly Pickled[]) => value;
  const tensor = (name: string) => (args: readonly Pickled[]) => {
    const [storage, offset = null, shape = null, strides = null] = args;
    if (!isKind(storage, 'storage')) throw refuse(`torch._utils.${name}`, args);
    return { kind: 'tensor' as const, storage, offset, shape, strides };
  };
  const callable: Record<string, (args: readonly Pickled[]) => Pickled> = {
    'collections.OrderedDict': (args) => {
      const [pairs = []] = args;
      if (pairs instanceof Map) return pairs;
      if (!Array.isArray(pairs) || !pairs.every(isPair)) throw refuse('collections.OrderedDict', args);
      return new Map(pairs);
    },
    'torch._utils._rebuild_tensor_v2': tensor('_rebuild_tensor_v2'),
    'torch._utils._rebuild_tensor': tensor('_rebuild_tensor'),
    'torch._utils._rebuild_parameter': first,
    'torch.Size': first,
  };
  const globals: PickledGlobal[] = [
    ...Object.entries(storages).map(([name, [dtype, bytes]]): PickledGlobal => {
      const elements: ElementType = { dtype, bytes };
      return { kind: 'global', name, elements };
    }),
    ...Object.entries(callable).map(([name, call]): PickledGlobal => ({ kind: 'global', name, call })),
  ];
  return new Map(globals.map((one) => [one.name, one]));
}

const isCount = (value: Pickled | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * The class of a reference `('module', class, file, source)`: files before 1.6 keep the source of a whole module's classes. It is
 * passed over.
 */
export function classWithSource(id: Pickled): PickledGlobal | undefined {
  const [word, type] = Array.isArray(id) ? id : [];
  return word === 'module' && isKind(type, 'global') ? type : undefined;
}

/**
 * A reference to a storage: `('storage', type, key, location, count)`, and in old files
 * `(..., (view key, offset, size))` or `(..., None)`.
 */
export function storageOf(place: string, id: Pickled): PickledStorage {
  const [word, type, key, , count, part = null] = Array.isArray(id) ? id : [];
  const known = word === 'storage' && isKind(type, 'global') && type.name.endsWith('Storage') && type.elements;
  if (!known || typeof key !== 'string' || !isCount(count))
    throw damaged(place, `refers to ${described(id)}, which is no storage of numbers`);
  if (part === null) return { kind: 'storage', key, elements: known, count, start: 0 };
  const [, start, size] = Array.isArray(part) ? part : [];
  if (!isCount(start) || !isCount(size) || start + size > count)
    throw damaged(place, `sees storage ${JSON.stringify(key.slice(0, 40))} of ${count} numbers as ${described(part)}`);
  return { kind: 'storage', key, elements: known, count, start };
}
