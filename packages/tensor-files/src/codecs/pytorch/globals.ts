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

const read = (dtype: Dtype, bytes: number): ElementType => ({ dtype, bytes });
/** Of types that are not read, only the size is needed: of a file before 1.6, it says where the next storage begins. */
const unread = (bytes: number): ElementType => ({ dtype: 'OTHER', bytes });

const storages: Readonly<Record<string, ElementType>> = {
  'torch.DoubleStorage': read('F64', 8),
  'torch.FloatStorage': read('F32', 4),
  'torch.HalfStorage': read('F16', 2),
  'torch.BFloat16Storage': read('BF16', 2),
  'torch.LongStorage': read('I64', 8),
  'torch.IntStorage': read('I32', 4),
  'torch.ShortStorage': read('I16', 2),
  'torch.CharStorage': read('I8', 1),
  'torch.ByteStorage': read('U8', 1),
  'torch.BoolStorage': read('BOOL', 1),
  'torch.QInt8Storage': read('I8', 1),
  'torch.QUInt8Storage': read('U8', 1),
  'torch.QInt32Storage': read('I32', 4),
  'torch.ComplexFloatStorage': unread(8),
  'torch.ComplexDoubleStorage': unread(16),
  'torch.UntypedStorage': read('U8', 1),
  'torch.storage.UntypedStorage': read('U8', 1),
};

const dtypes: Readonly<Record<string, ElementType>> = {
  float64: read('F64', 8),
  float32: read('F32', 4),
  float16: read('F16', 2),
  bfloat16: read('BF16', 2),
  float8_e4m3fn: read('F8_E4M3', 1),
  float8_e5m2: read('F8_E5M2', 1),
  int64: read('I64', 8),
  int32: read('I32', 4),
  int16: read('I16', 2),
  int8: read('I8', 1),
  uint64: read('U64', 8),
  uint32: read('U32', 4),
  uint16: read('U16', 2),
  uint8: read('U8', 1),
  bool: read('BOOL', 1),
  complex32: unread(4),
  complex64: unread(8),
  complex128: unread(16),
  float8_e4m3fnuz: unread(1),
  float8_e5m2fnuz: unread(1),
  float8_e8m0fnu: unread(1),
};

/** Names that stand in checkpoints beside tensors, and mean nothing here: the value is passed over. */
const inert = [
  'torch.Tensor',
  'torch.per_tensor_affine',
  'torch.per_tensor_symmetric',
  'torch.per_channel_affine',
  'torch.per_channel_symmetric',
  'torch.per_channel_affine_float_qparams',
  'torch.quint8',
  'torch.qint8',
  'torch.qint32',
  'torch.strided',
];

const isPair = (value: Pickled): value is [Pickled, Pickled] => Array.isArray(value) && value.length === 2;

/**
 * What `torch.load(weights_only=True)` lets a file name by itself (torch/_weights_only_unpickler.py), as far as PyTorch's own writers
 * use it, and nothing else.
 */
export function pytorchGlobals(place: string): ReadonlyMap<string, PickledGlobal> {
  const refuse = (name: string, args: readonly Pickled[]) =>
    damaged(place, `calls ${name} with (${args.slice(0, 8).map(described).join(', ')})`);
  const first = ([value = null]: readonly Pickled[]) => value;
  const list = ([values = []]: readonly Pickled[]): Pickled => (Array.isArray(values) ? [...values] : []);
  const tensor = (name: string, args: readonly Pickled[], more: Pick<PickledTensorParts, 'elements' | 'quantizer'>) => {
    const [storage, offset = null, shape = null, strides = null] = args;
    if (!isKind(storage, 'storage')) throw refuse(name, args);
    return { kind: 'tensor' as const, storage, offset, shape, strides, ...more };
  };
  const callable: Record<string, (args: readonly Pickled[]) => Pickled> = {
    'collections.OrderedDict': (args) => {
      const [pairs = []] = args;
      if (pairs instanceof Map) return pairs;
      if (!Array.isArray(pairs) || !pairs.every(isPair)) throw refuse('collections.OrderedDict', args);
      return new Map(pairs);
    },
    'collections.Counter': ([counts]) => (counts instanceof Map ? counts : new Map()),
    'collections.defaultdict': () => new Map(),
    'builtins.set': list,
    '__builtin__.set': list,
    'builtins.frozenset': list,
    '__builtin__.frozenset': list,
    'builtins.bytearray': first,
    '__builtin__.bytearray': first,
    'builtins.complex': () => null,
    '__builtin__.complex': () => null,
    '_codecs.encode': first,
    'torch._utils._rebuild_tensor_v2': (args) => tensor('torch._utils._rebuild_tensor_v2', args, {}),
    'torch._utils._rebuild_tensor': (args) => tensor('torch._utils._rebuild_tensor', args, {}),
    'torch._utils._rebuild_tensor_v3': (args) => {
      const type = args[6];
      if (!isKind(type, 'global') || !type.elements) throw refuse('torch._utils._rebuild_tensor_v3', args);
      return tensor('torch._utils._rebuild_tensor_v3', args, { elements: type.elements });
    },
    'torch._utils._rebuild_qtensor': (args) =>
      tensor('torch._utils._rebuild_qtensor', args, { quantizer: args[4] ?? null }),
    // A tensor with attributes: the function that makes it, its class, the arguments, and the attributes.
    'torch._tensor._rebuild_from_type_v2': (args) => {
      const [make, , inner] = args;
      if (!isKind(make, 'global') || !make.call || !Array.isArray(inner) || make.name === deepening)
        throw refuse(deepening, args);
      return make.call(inner);
    },
    'torch._utils._rebuild_device_tensor_from_cpu_tensor': first,
    'torch._utils._rebuild_parameter': first,
    'torch._utils._rebuild_parameter_with_state': first,
    'torch.nn.parameter.Parameter': first,
    'torch.nn.parameter.Buffer': first,
    'torch.Size': first,
    'torch.device': first,
    'torch.serialization._get_layout': first,
  };
  const globals: PickledGlobal[] = [
    ...inert.map((name): PickledGlobal => ({ kind: 'global', name })),
    ...Object.entries(dtypes).map(
      ([name, elements]): PickledGlobal => ({ kind: 'global', name: `torch.${name}`, elements }),
    ),
    ...Object.entries(storages).map(([name, elements]): PickledGlobal => ({ kind: 'global', name, elements })),
    ...Object.entries(callable).map(([name, call]): PickledGlobal => ({ kind: 'global', name, call })),
  ];
  return new Map(globals.map((one) => [one.name, one]));
}

/** May not name itself: a pickle of nothing but that would be as deep as it is long. */
const deepening = 'torch._tensor._rebuild_from_type_v2';

type PickledTensorParts = Extract<Pickled, { kind: 'tensor' }>;

const isCount = (value: Pickled | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

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
