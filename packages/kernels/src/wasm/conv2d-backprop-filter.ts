import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvInfo, convInfo, shape4D } from './conv-attributes.ts';
import { type WasmBackend, wasmBackend } from './heap.ts';
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
  const images = transpose(backend, x, [3, 1, 2, 0]);
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
    { x: images, filter },
    {
      strides: [1, 1],
      dilations: [strideHeight, strideWidth],
      pad: pad.map(([before = 0, after = 0]) => [before, after]),
      dataFormat: 'NHWC',
    },
  );
  backend.disposeData(images.dataId);
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

/** `dW = unfolded(x)^T . dy`: few channels make the convolution above a poor shape for its kernel. */
function asProduct(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels } = info;
  const unfolded = unfoldTransposed(backend, x, info);
  const b = { dataId: dy.dataId, shape: [batchSize * outHeight * outWidth, outChannels], dtype: dy.dtype };
  const product = runKernel(backend, 'BatchMatMul', { a: unfolded, b }, { transposeA: false, transposeB: false });
  backend.disposeData(unfolded.dataId);
  return { ...product, shape: [...info.filterShape] };
}

/** `Conv2DBackpropFilter`, which tfjs-backend-wasm lacks. */
export const conv2dBackpropFilter: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const heap = wasmBackend(backend);
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  const info = convInfo(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  return info.inChannels < 8 ? asProduct(heap, x, dy, info) : asConvolution(heap, x, dy, info);
};
