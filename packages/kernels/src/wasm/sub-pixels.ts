import type { Convolution } from './convolution.ts';
import { tileColumns } from './module/generated/boundary.ts';

/** Steps of tiles for a block of pixels, for every channel of the output: a product that has fewer columns than a tile takes as long. */
const work = (taps: number, outputs: number): number => taps * Math.ceil(outputs / tileColumns);

/**
 * The convolution of stride 1 whose outputs are, block by block of `strideHeight x strideWidth` pixels, the gradient of the input of a
 * convolution, see assembly/convolution/sub-pixels.ts. Undefined where to do one pixel of the block after the other, each by the taps that reach
 * it, is less work: where a pixel has channels enough.
 */
export function subPixels(c: Convolution): Convolution | undefined {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = c;
  if (strideHeight * strideWidth === 1 || c.groups * dilationHeight * dilationWidth > 1) return undefined;
  const [down, across] = [Math.ceil(c.filterHeight / strideHeight), Math.ceil(c.filterWidth / strideWidth)];
  const outputs = strideHeight * strideWidth * c.inChannels;
  if (work(down * across, outputs) >= work(c.filterHeight * c.filterWidth, c.inChannels)) return undefined;
  const [firstRow, firstColumn] = [Math.floor(c.top / strideHeight), Math.floor(c.left / strideWidth)];
  if (firstRow >= down || firstColumn >= across) return undefined;
  return {
    ...{ batchSize: c.batchSize, inHeight: c.outHeight, inWidth: c.outWidth, inChannels: c.outChannels },
    ...{ filterHeight: down, filterWidth: across, outChannels: outputs, groups: 1 },
    outHeight: Math.floor((c.inHeight - 1 + c.top) / strideHeight) - firstRow + 1,
    outWidth: Math.floor((c.inWidth - 1 + c.left) / strideWidth) - firstColumn + 1,
    ...{ strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 },
    ...{ top: down - 1 - firstRow, left: across - 1 - firstColumn },
  };
}
