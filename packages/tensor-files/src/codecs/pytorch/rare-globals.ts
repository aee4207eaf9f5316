import type { ElementType, Pickled, PickledGlobal, PickledStorage, PickledTensor } from '../pickle/pickled.ts';
import { objectOf } from './modules.ts';
import { withoutNumbers } from './without-numbers.ts';
import { wrapped } from './wrapped-tensor.ts';

/** Of types that are not read, only the size is needed: of a file before 1.6, it says where the next storage begins. */
const unread = 'OTHER';

const storages: Readonly<Record<string, readonly [ElementType['dtype'], number]>> = {
  'torch.QInt8Storage': ['I8', 1],
  'torch.QUInt8Storage': ['U8', 1],
  'torch.QInt32Storage': ['I32', 4],
  'torch.ComplexFloatStorage': [unread, 8],
  'torch.ComplexDoubleStorage': [unread, 16],
  'torch.UntypedStorage': ['U8', 1],
  'torch.storage.UntypedStorage': ['U8', 1],
};

const dtypes: Readonly<Record<string, readonly [ElementType['dtype'], number]>> = {
  'torch.float64': ['F64', 8],
  'torch.float32': ['F32', 4],
  'torch.float16': ['F16', 2],
  'torch.bfloat16': ['BF16', 2],
  'torch.float8_e4m3fn': ['F8_E4M3', 1],
  'torch.float8_e5m2': ['F8_E5M2', 1],
  'torch.int64': ['I64', 8],
  'torch.int32': ['I32', 4],
  'torch.int16': ['I16', 2],
  'torch.int8': ['I8', 1],
  'torch.uint64': ['U64', 8],
  'torch.uint32': ['U32', 4],
  'torch.uint16': ['U16', 2],
  'torch.uint8': ['U8', 1],
  'torch.bool': ['BOOL', 1],
  'torch.complex32': [unread, 4],
  'torch.complex64': [unread, 8],
  'torch.complex128': [unread, 16],
  'torch.float8_e4m3fnuz': [unread, 1],
  'torch.float8_e5m2fnuz': [unread, 1],
  'torch.float8_e8m0fnu': [unread, 1],
};

const storageIn = (value: Pickled | undefined): PickledStorage | undefined =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'storage' ? value : undefined;
const globalIn = (value: Pickled | undefined): PickledGlobal | undefined =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'global' ? value : undefined;

/** May not name itself: a pickle of nothing but that would be as deep as it is long. */
const recursiveGlobals = 'torch._tensor._rebuild_from_type_v2';

/** The tensor that an array of NumPy is; undefined for any other value. */
type OfArray = (value: Pickled | undefined) => Pickled | undefined;

/** What moves an array of NumPy to a device that is no CPU and no GPU: XLA's, and others that PyTorch has no storages for. */
const ofDevice = ([array]: readonly Pickled[], ofArray: OfArray): Pickled | undefined => ofArray(array);

/** Functions by name; undefined is what they give for arguments that they do not have. */
const functions: Readonly<Record<string, (args: readonly Pickled[], ofArray: OfArray) => Pickled | undefined>> = {
  'torch._utils._rebuild_tensor_v3': ([from, offset = null, shape = null, strides = null, , , type]) => {
    const [storage, elements] = [storageIn(from), globalIn(type)?.elements];
    return storage && elements && { kind: 'tensor', storage, offset, shape, strides, elements };
  },
  'torch._utils._rebuild_qtensor': ([from, offset = null, shape = null, strides = null, quantizer = null]) => {
    const storage = storageIn(from);
    return storage && ({ kind: 'tensor', storage, offset, shape, strides, quantizer } satisfies PickledTensor);
  },
  // A tensor with attributes: the function that makes it, its class, the arguments, and the attributes.
  [recursiveGlobals]: ([make, type, inner, state = null]) => {
    const called = globalIn(make);
    if (called?.name === 'torch._utils._rebuild_wrapper_subclass')
      return wrapped(globalIn(type)?.name ?? '', Array.isArray(inner) ? inner : [], state);
    return called?.name !== recursiveGlobals && Array.isArray(inner) ? called?.call?.(inner) : undefined;
  },
  'torch._utils._rebuild_device_tensor_from_cpu_tensor': ([tensor]) => tensor,
  'torch._utils._rebuild_device_tensor_from_numpy': ofDevice,
  'torch._utils._rebuild_xla_tensor': ofDevice,
  'torch._utils._rebuild_mlc_tensor': ofDevice,
  'torch._utils._rebuild_parameter_with_state': ([tensor]) => tensor,
  'torch.nn.parameter.Parameter': ([tensor]) => tensor,
  'torch.nn.parameter.Buffer': ([tensor]) => tensor,
  // `(layout, (indices, values, size, ...))`, or `(layout, (rows, columns, values, size))` of compressed ones.
  'torch._utils._rebuild_sparse_tensor': ([layout = null, data]) => {
    const name = String(objectOf(layout)?.args[0] ?? 'of a layout that is not known').slice(0, 40);
    const shape = Array.isArray(data) ? data[name === 'torch.sparse_coo' ? 2 : 3] : [];
    return withoutNumbers(shape, `is a sparse tensor (${name})`, 'Save its to_dense() form');
  },
  'torch._utils._rebuild_meta_tensor_no_storage': ([, shape]) =>
    withoutNumbers(
      shape,
      'is on the device meta, so that the file has its shape and no elements',
      'Load the weights into the model before you save it',
    ),
  'torch._utils._rebuild_nested_tensor': () =>
    withoutNumbers([], 'is a nested tensor', 'Save the tensors that it is made of'),
};

/**
 * What few checkpoints name of PyTorch's own; undefined for any other name.
 *
 * @param refuse Makes the error for a call with other arguments.
 * @param ofArray Reads an array of NumPy.
 */
export function rareGlobal(
  name: string,
  refuse: (args: readonly Pickled[]) => Error,
  ofArray: OfArray,
): PickledGlobal | undefined {
  const type = Object.hasOwn(storages, name) ? storages[name] : Object.hasOwn(dtypes, name) ? dtypes[name] : undefined;
  if (type) return { kind: 'global', name, elements: { dtype: type[0], bytes: type[1] } };
  const make = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!make) return undefined;
  return {
    kind: 'global',
    name,
    call(args) {
      const value = make(args, ofArray);
      if (value === undefined) throw refuse(args);
      return value;
    },
  };
}
