import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvInfo } from './conv-attributes.ts';
import { view, type WasmBackend } from './heap.ts';

/** Where the output has the size of the input, a tap sees whole planes, shifted: copies, and zeros where they ran over an edge. */
function unfoldByPlanes(from: Float32Array, to: Float32Array, info: ConvInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth, padInfo } = info;
  const plane = inHeight * inWidth;
  const planes = new Float32Array(from.length);
  for (let image = 0; image < batchSize; image++)
    for (let channel = 0; channel < inChannels; channel++)
      for (let pixel = 0; pixel < plane; pixel++)
        planes[(image * inChannels + channel) * plane + pixel] =
          from[(image * plane + pixel) * inChannels + channel] ?? 0;
  let at = 0;
  for (let u = 0; u < filterHeight; u++)
    for (let v = 0; v < filterWidth; v++) {
      const [down, right] = [u - padInfo.top, v - padInfo.left];
      const shift = down * inWidth + right;
      const [first, end] = [Math.min(plane, Math.max(0, -shift)), Math.max(0, Math.min(plane, plane - shift))];
      for (let channel = 0; channel < inChannels; channel++)
        for (let image = 0; image < batchSize; image++, at += plane) {
          const start = (image * inChannels + channel) * plane + shift;
          to.fill(0, at, at + plane);
          if (first < end) to.set(planes.subarray(start + first, start + end), at + first);
          // What the shift carried over from the neighbouring row.
          const [left, edge] = right < 0 ? [0, -right] : [inWidth - right, inWidth];
          for (let row = at; row < at + plane; row += inWidth)
            for (let column = Math.max(0, left); column < Math.min(inWidth, edge); column++) to[row + column] = 0;
        }
    }
}

/**
 * Lays out what each tap of a filter sees: `[kernelHeight * kernelWidth * channels, batch * outHeight * outWidth]`,
 * the transpose of the usual "im2col", so that the filter's gradient is one product without another transposition.
 */
export function unfoldTransposed(backend: WasmBackend, x: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth, outHeight, outWidth } = info;
  const { strideHeight, strideWidth, padInfo } = info;
  const positions = batchSize * outHeight * outWidth;
  const output = backend.makeOutput([filterHeight * filterWidth * inChannels, positions], 'float32');
  const [from, to] = [view(backend, x), view(backend, output)];
  if (strideHeight === 1 && strideWidth === 1 && outHeight === inHeight && outWidth === inWidth) {
    unfoldByPlanes(from, to, info);
    return output;
  }
  let at = 0;
  for (let u = 0; u < filterHeight; u++)
    for (let v = 0; v < filterWidth; v++) {
      const start = v - padInfo.left;
      // Columns whose pixel lies inside the image: no test inside the innermost loop.
      const first = Math.min(outWidth, Math.max(0, Math.ceil(-start / strideWidth)));
      const end = Math.max(first, Math.min(outWidth, Math.floor((inWidth - 1 - start) / strideWidth) + 1));
      const step = strideWidth * inChannels;
      for (let channel = 0; channel < inChannels; channel++)
        for (let image = 0; image < batchSize; image++)
          for (let i = 0; i < outHeight; i++, at += outWidth) {
            const row = i * strideHeight + u - padInfo.top;
            if (row < 0 || row >= inHeight) {
              to.fill(0, at, at + outWidth);
              continue;
            }
            for (let j = 0; j < first; j++) to[at + j] = 0;
            let source = ((image * inHeight + row) * inWidth + first * strideWidth + start) * inChannels + channel;
            for (let j = first; j < end; j++, source += step) to[at + j] = from[source] ?? 0;
            for (let j = end; j < outWidth; j++) to[at + j] = 0;
          }
    }
  return output;
}
