/**
 * Which algorithm convolves which shape: the bounds are measured, see the table in this package's README.
 * All of them give the same sums; what differs is what they take before and beside their multiplications.
 */
import type { Convolution } from './convolution.ts';
import type { Instructions } from './module/compiled.ts';
import { fewChannels, points } from './module/generated/boundary.ts';
import { subPixels } from './sub-pixels.ts';

/** Tiles from which it is worth transforming the filter, which takes as long for one image as for a hundred; and with a filter whose panels are kept. */
const minTiles = 64;
const minTilesKept = 8;
/** Channels and outputs from which it is worth transforming the windows. */
const minTransformedChannels = 16;

/**
 * Depth up to which windows of few channels are read from the image where there is no multiply-and-add: that loop has no time to spare
 * for the addresses of many rows, and packing is soon made up for.
 */
const maxDepthWithoutFma = 128;
/** Windows, and windows of a line, below which the sums of a filter's gradient are too short. */
const [minWindows, minWindowsOfLine] = [64, 8];

/** Whether Winograd's convolutions make `height x width` outputs of the input of `c`, or of its gradient. */
function suitsWinograd(c: Convolution, height: number, width: number, least: number): boolean {
  const taps = c.filterHeight;
  const steps = c.strideHeight * c.strideWidth * c.dilationHeight * c.dilationWidth;
  if ((taps !== 3 && taps !== 5) || taps !== c.filterWidth || steps !== 1) return false;
  const [channels, outputs] = [c.inChannels / c.groups, c.outChannels / c.groups];
  if (channels % 4 !== 0 || outputs % 4 !== 0 || Math.min(channels, outputs) < minTransformedChannels) return false;
  const side = points + 1 - taps;
  return c.batchSize * Math.ceil(height / side) * Math.ceil(width / side) >= least;
}

/** Whether the lines of a window lie side by side in the image, and its channels are so few that it is worth reading them there. */
const hasFewChannels = (c: Convolution): boolean =>
  c.groups === 1 && c.inChannels < fewChannels && c.dilationWidth === 1 && c.filterWidth > 1;

/** @param kept The panels of the filter are there already, or will be used again. */
export function forwardAlgorithm(
  c: Convolution,
  kept: boolean,
  instructions: Instructions,
): 'winograd' | 'fewChannels' | 'gemm' {
  if (suitsWinograd(c, c.outHeight, c.outWidth, kept ? minTilesKept : minTiles)) return 'winograd';
  const depth = c.filterHeight * c.filterWidth * c.inChannels;
  const shallow = instructions === 'relaxed' || depth <= maxDepthWithoutFma;
  return hasFewChannels(c) && shallow ? 'fewChannels' : 'gemm';
}

/** For the gradient of the input. A convolution as an answer is the one that makes all phases of the stride at once, see sub-pixels.ts. */
export function inputGradientAlgorithm(c: Convolution): 'winograd' | 'gemm' | Convolution {
  if (suitsWinograd(c, c.inHeight, c.inWidth, minTiles)) return 'winograd';
  return subPixels(c) ?? 'gemm';
}

export function filterGradientAlgorithm(c: Convolution): 'winograd' | 'fewChannels' | 'gemm' {
  if (suitsWinograd(c, c.outHeight, c.outWidth, minTiles)) return 'winograd';
  const long = c.outHeight * c.outWidth >= minWindows && c.outWidth >= minWindowsOfLine;
  return hasFewChannels(c) && long ? 'fewChannels' : 'gemm';
}
