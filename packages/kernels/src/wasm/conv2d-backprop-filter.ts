import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvInfo, convInfo, shape4D } from './conv-attributes.ts';
import { view, type WasmBackend, wasmBackend } from './heap.ts';
import { input, runKernel, transpose } from './run-kernel.ts';
import { unfoldTransposed } from './unfold.ts';

/**
 * The filter's gradient is itself a convolution: of the images, channels and batch exchanged, with `dy` as the filter.
 * What was the stride becomes the dilation.
 */
function asConvolution(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const { top, left } = padInfo;
  // The padding after the image is whatever makes exactly filterHeight x filterWidth outputs.
  const bottom = (info.outHeight - 1) * strideHeight + filterHeight - info.inHeight - top;
  const right = (info.outWidth - 1) * strideWidth + filterWidth - info.inWidth - left;
  const planes = transpose(backend, x, [3, 1, 2, 0]);
  const filter = transpose(backend, dy, [1, 2, 0, 3]);
  const pad = [
    [0, 0],
    [top, Math.max(0, bottom)],
    [left, Math.max(0, right)],
    [0, 0],
  ];
  const wide = runKernel(
    backend,
    'Conv2D',
    { x: planes, filter },
    {
      strides: [1, 1],
      dilations: [strideHeight, strideWidth],
      pad: pad.map(([before = 0, after = 0]) => [before, after]),
      dataFormat: 'NHWC',
    },
  );
  backend.disposeData(planes.dataId);
  backend.disposeData(filter.dataId);
  const [channels = 0, height = 0, width = 0, outChannels = 0] = wide.shape;
  // Where the stride leaves pixels over at the far edges, there are more outputs than taps.
  const spare = height !== filterHeight || width !== filterWidth;
  const taps = spare
    ? runKernel(
        backend,
        'Slice',
        { x: wide },
        { begin: [0, 0, 0, 0], size: [channels, filterHeight, filterWidth, outChannels] },
      )
    : wide;
  const gradient = transpose(backend, taps, [1, 2, 0, 3]);
  if (spare) backend.disposeData(taps.dataId);
  backend.disposeData(wide.dataId);
  return gradient;
}

/** Floats of scratch that one product may take: 128 MB. */
const scratch = 2 ** 25;

const images = (backend: WasmBackend, x: TensorInfo, from: number, count: number): TensorInfo => {
  const [, ...rest] = shape4D(x.shape);
  return runKernel(backend, 'Slice', { x }, { begin: [from, 0, 0, 0], size: [count, ...rest] });
};

/** `dW = unfolded(x)^T . dy`, as many images at a time as the scratch holds. */
function asProduct(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, filterHeight, filterWidth, inChannels } = info;
  const perImage = filterHeight * filterWidth * inChannels * outHeight * outWidth;
  const count = Math.max(1, Math.min(batchSize, Math.floor(scratch / perImage)));
  const multiply = (someX: TensorInfo, someDy: TensorInfo, batch: number): TensorInfo => {
    const unfolded = unfoldTransposed(backend, someX, { ...info, batchSize: batch });
    const b = { dataId: someDy.dataId, shape: [batch * outHeight * outWidth, outChannels], dtype: someDy.dtype };
    const product = runKernel(backend, 'BatchMatMul', { a: unfolded, b }, { transposeA: false, transposeB: false });
    backend.disposeData(unfolded.dataId);
    return { ...product, shape: [...info.filterShape] };
  };
  if (count === batchSize) return multiply(x, dy, batchSize);
  const total = backend.makeOutput([...info.filterShape], 'float32');
  view(backend, total).fill(0);
  for (let from = 0; from < batchSize; from += count) {
    const batch = Math.min(count, batchSize - from);
    const [someX, someDy] = [images(backend, x, from, batch), images(backend, dy, from, batch)];
    const part = multiply(someX, someDy, batch);
    const [sum, terms] = [view(backend, total), view(backend, part)];
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (terms[at] ?? 0);
    for (const { dataId } of [someX, someDy, part]) backend.disposeData(dataId);
  }
  return total;
}

/**
 * Measured: the convolution wins while all images fit into the cache and the batch, its depth, is long
 * (32x32 pictures, batch 100); the product wins everywhere else, twofold at AlexNet's sizes.
 */
const suitsConvolution = ({ batchSize, inHeight, inWidth, inChannels }: ConvInfo): boolean =>
  inChannels >= 8 && batchSize >= 64 && batchSize * inHeight * inWidth * inChannels <= 2 ** 20;

/** `Conv2DBackpropFilter`, which tfjs-backend-wasm lacks. */
export const conv2dBackpropFilter: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  const info = convInfo(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  return suitsConvolution(info) ? asConvolution(heap, x, dy, info) : asProduct(heap, x, dy, info);
};
