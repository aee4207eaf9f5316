import { openBinaryproto, openCaffemodel } from './caffe/caffemodel.ts';
import type { FileToWrite, Format, Glimpse } from './format.ts';
import { openHdf5 } from './hdf5/open-hdf5.ts';
import { openKeras } from './hdf5/open-keras.ts';
import { openNpy } from './numpy/npy.ts';
import { npyMagic } from './numpy/npy-header.ts';
import { npzBytes, openNpz } from './numpy/npz.ts';
import { openOnnx } from './onnx/open-onnx.ts';
import { openLegacyPytorch } from './pytorch/open-legacy-pytorch.ts';
import { openPytorch } from './pytorch/open-pytorch.ts';
import { pytorchBytes } from './pytorch/pytorch-bytes.ts';
import { openSafetensors, safetensorsBytes } from './safetensors.ts';
import { openTfjs } from './tfjs/open-tfjs.ts';
import { tfjsFiles } from './tfjs/tfjs-files.ts';

const begins =
  (...bytes: readonly number[]) =>
  ({ start }: Glimpse) =>
    bytes.every((byte, index) => start[index] === byte);
const holds =
  (name: RegExp) =>
  ({ entries }: Glimpse) =>
    entries.some((entry) => name.test(entry));

type Bytes = (...args: Parameters<typeof safetensorsBytes>) => AsyncIterable<Uint8Array>;
const oneFile =
  (bytes: Bytes): NonNullable<Format['files']> =>
  (path, tensors, texts): FileToWrite[] => [{ path, bytes: () => bytes(tensors, texts) }];

/** Every format, the surer to be recognised first. */
export const formats: readonly Format[] = [
  {
    name: 'pytorch',
    endings: ['.pth', '.pt', '.bin', '.ckpt'],
    recognised: holds(/^([^/]+\/)?data\.pkl$/),
    open: openPytorch,
    files: oneFile(pytorchBytes),
  },
  {
    name: 'pytorch-legacy',
    endings: ['.pth', '.pt', '.tar', '.bin'],
    // A pickle of protocol 2 whose first value is PyTorch's magic number.
    recognised: begins(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
    open: openLegacyPytorch,
  },
  { name: 'npy', endings: ['.npy'], recognised: begins(...npyMagic), open: openNpy },
  { name: 'keras', endings: ['.keras'], recognised: holds(/^model\.weights\.h5$/), open: openKeras },
  {
    name: 'npz',
    endings: ['.npz'],
    recognised: holds(/\.npy$/),
    open: openNpz,
    files: oneFile(npzBytes),
  },
  {
    name: 'hdf5',
    endings: ['.h5', '.hdf5', '.weights.h5'],
    recognised: begins(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
    open: openHdf5,
  },
  {
    name: 'safetensors',
    endings: ['.safetensors'],
    // A length of less than 2^32, and a JSON object.
    recognised: ({ start }) => start[8] === 0x7b && start.subarray(4, 8).every((byte) => byte === 0),
    open: openSafetensors,
    files: oneFile(safetensorsBytes),
  },
  {
    name: 'tfjs',
    endings: ['.json'],
    recognised: ({ start }) => /^\s*\{\s*"/.test(new TextDecoder('latin1').decode(start)),
    open: openTfjs,
    files: tfjsFiles,
  },
  {
    name: 'caffemodel',
    endings: ['.caffemodel'],
    open: openCaffemodel,
  },
  { name: 'binaryproto', endings: ['.binaryproto'], open: openBinaryproto },
  {
    name: 'onnx',
    endings: ['.onnx'],
    // A version of the format below 64, and who wrote the file.
    recognised: ({ start }) => start[0] === 0x08 && (start[1] ?? 64) < 64 && start[2] === 0x12,
    open: openOnnx,
  },
];
