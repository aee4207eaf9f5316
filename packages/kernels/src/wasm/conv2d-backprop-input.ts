import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvInfo, convInfo, shape4D } from './conv-attributes.ts';
import { view, type WasmBackend, wasmBackend } from './heap.ts';
import { input, type KernelOver, runKernel } from './run-kernel.ts';

/** The filter turned by half a turn, its input and output channels exchanged. */
function turned(backend: WasmBackend, filter: TensorInfo, info: ConvInfo): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const output = backend.makeOutput([filterHeight, filterWidth, outChannels, inChannels], 'float32');
  const [from, to] = [view(backend, filter), view(backend, output)];
  const plane = inChannels * outChannels;
  const taps = filterHeight * filterWidth;
  for (let tap = 0; tap < taps; tap++) {
    const [source, target] = [(taps - 1 - tap) * plane, tap * plane];
    for (let c = 0; c < inChannels; c++)
      for (let o = 0; o < outChannels; o++) to[target + o * inChannels + c] = from[source + c * outChannels + o] ?? 0;
  }
  return output;
}

/** `dy` with the zeros between its pixels over which the stride had stepped. */
function spread(backend: WasmBackend, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = info;
  const [height, width] = [(outHeight - 1) * strideHeight + 1, (outWidth - 1) * strideWidth + 1];
  const output = backend.makeOutput([batchSize, height, width, outChannels], 'float32');
  const [from, to] = [view(backend, dy), view(backend, output)];
  to.fill(0);
  let source = 0;
  for (let image = 0; image < batchSize; image++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++, source += outChannels) {
        const target = ((image * height + i * strideHeight) * width + j * strideWidth) * outChannels;
        to.set(from.subarray(source, source + outChannels), target);
      }
  return output;
}

/** Padding of the convolution that undoes one: before and after an axis. */
const mirrored = (
  inSize: number,
  outSize: number,
  kernel: number,
  stride: number,
  before: number,
): [number, number] => {
  const first = kernel - 1 - before;
  return [first, inSize + kernel - 1 - ((outSize - 1) * stride + 1) - first];
};

/**
 * `Conv2DBackpropInput` as a convolution of `dy` with the turned filter. tfjs-backend-wasm's own, scalar loops,
 * remains for padding wider than the filter, which has no such form.
 */
export const conv2dBackpropInput: KernelOver =
  (stock): KernelFunc =>
  (call) => {
    const { inputs, backend, attrs = {} } = call;
    const heap = wasmBackend(backend);
    const [dy, filter] = [input(inputs, 'dy'), input(inputs, 'filter')];
    const info = convInfo(shape4D(attrs.inputShape), shape4D(filter.shape), attrs);
    const { padInfo, strideHeight, strideWidth } = info;
    const rows = mirrored(info.inHeight, info.outHeight, info.filterHeight, strideHeight, padInfo.top);
    const columns = mirrored(info.inWidth, info.outWidth, info.filterWidth, strideWidth, padInfo.left);
    if (stock && Math.min(...rows, ...columns) < 0) return stock(call);
    const strided = strideHeight > 1 || strideWidth > 1;
    const x = strided ? spread(heap, dy, info) : dy;
    const taps = turned(heap, filter, info);
    const gradient = runKernel(
      heap,
      'Conv2D',
      { x, filter: taps },
      { strides: [1, 1], dilations: [1, 1], pad: [[0, 0], rows, columns, [0, 0]], dataFormat: 'NHWC' },
    );
    if (strided) heap.disposeData(x.dataId);
    heap.disposeData(taps.dataId);
    return gradient;
  };
