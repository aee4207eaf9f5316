import type { FileHead, FileToWrite, Format } from './format.ts';
import type { NamedTensor } from './tensor.ts';

const begins =
  (...bytes: readonly number[]) =>
  ({ start }: FileHead) =>
    bytes.every((byte, index) => start[index] === byte);
const holds =
  (name: RegExp) =>
  ({ entries }: FileHead) =>
    entries.some((entry) => name.test(entry));

const latin1 = (start: Uint8Array): string => new TextDecoder('latin1').decode(start);

type Bytes = (tensors: readonly NamedTensor[], texts: Readonly<Record<string, string>>) => AsyncIterable<Uint8Array>;
const oneFile =
  (load: () => Promise<Bytes>): NonNullable<Format['files']> =>
  async (path, tensors, texts): Promise<FileToWrite[]> => {
    const bytes = await load();
    return [{ path, bytes: () => bytes(tensors, texts) }];
  };

/** Every format, the most reliably recognised first. A reader or writer is loaded when it is first needed. */
export const formats: readonly Format[] = [
  {
    name: 'pytorch',
    endings: ['.pth', '.pt', '.bin', '.ckpt'],
    recognised: holds(/^([^/]+\/)?data\.pkl$/),
    read: async (source) => (await import('./codecs/pytorch/read-pytorch.ts')).readPytorch(source),
    files: oneFile(async () => (await import('./codecs/pytorch/pytorch-bytes.ts')).pytorchBytes),
  },
  {
    name: 'pytorch-legacy',
    endings: ['.pth', '.pt', '.tar', '.bin'],
    // A pickle of any protocol, framed since 4, whose first value is PyTorch's magic number.
    recognised: ({ start }) =>
      [2, 11].some((at) =>
        [0x80, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19].every(
          (byte, index) => start[index === 0 ? 0 : at + index - 1] === byte,
        ),
      ),
    read: async (source) => (await import('./codecs/pytorch/read-legacy-pytorch.ts')).readLegacyPytorch(source),
  },
  {
    name: 'npy',
    endings: ['.npy'],
    recognised: begins(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59), // \x93NUMPY
    read: async (source) => (await import('./codecs/numpy/read-npy.ts')).readNpy(source),
  },
  {
    name: 'keras',
    endings: ['.keras'],
    recognised: holds(/^model\.weights\.h5$/),
    read: async (source) => (await import('./codecs/hdf5/read-keras.ts')).readKeras(source),
  },
  {
    name: 'npz',
    endings: ['.npz'],
    recognised: holds(/\.npy$/),
    read: async (source) => (await import('./codecs/numpy/read-npz.ts')).readNpz(source),
    files: oneFile(async () => {
      const { npzBytes } = await import('./codecs/numpy/npz-bytes.ts');
      // The format cannot store texts other than as arrays.
      return (tensors) => npzBytes(tensors);
    }),
  },
  {
    name: 'hdf5',
    endings: ['.h5', '.hdf5', '.weights.h5'],
    recognised: begins(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
    read: async (source) => (await import('./codecs/hdf5/read-hdf5.ts')).readHdf5(source),
  },
  {
    name: 'safetensors',
    endings: ['.safetensors'],
    // A length of less than 2^32, and a JSON object.
    recognised: ({ start }) => start[8] === 0x7b && start.subarray(4, 8).every((byte) => byte === 0),
    read: async (source) => (await import('./codecs/safetensors/read-safetensors.ts')).readSafetensors(source),
    files: oneFile(async () => (await import('./codecs/safetensors/safetensors-bytes.ts')).safetensorsBytes),
  },
  {
    name: 'sharded',
    endings: ['.safetensors.index.json', '.bin.index.json'],
    recognised: ({ start }) => /^\s*\{\s*"(?:weight_map"|metadata"\s*:\s*\{\s*"total_)/.test(latin1(start)),
    read: async (source, beside) => (await import('./codecs/safetensors/read-sharded.ts')).readSharded(source, beside),
  },
  {
    name: 'tfjs',
    endings: ['.json'],
    recognised: ({ start }) => /^\s*\{\s*"/.test(latin1(start)),
    read: async (source, beside) => (await import('./codecs/tfjs/read-tfjs.ts')).readTfjs(source, beside),
    files: async (...args) => (await import('./codecs/tfjs/tfjs-files.ts')).tfjsFiles(...args),
  },
  {
    name: 'caffemodel',
    endings: ['.caffemodel'],
    read: async (source) => (await import('./codecs/caffe/read-caffemodel.ts')).readCaffemodel(source),
  },
  {
    name: 'binaryproto',
    endings: ['.binaryproto'],
    read: async (source) => (await import('./codecs/caffe/read-caffemodel.ts')).readBinaryproto(source),
  },
  {
    name: 'onnx',
    endings: ['.onnx'],
    // A version of the format below 64, and who wrote the file.
    recognised: ({ start }) => start[0] === 0x08 && (start[1] ?? 64) < 64 && start[2] === 0x12,
    read: async (source, beside) => (await import('./codecs/onnx/read-onnx.ts')).readOnnx(source, beside),
  },
];
