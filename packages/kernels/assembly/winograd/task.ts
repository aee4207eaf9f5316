/** What Winograd's convolutions share: the images, the tiles they fall into, and what is worth it. */
import { Geometry } from '../conv2d';
import { parts } from '../parts';
import { points } from './lines';

@unmanaged
export class Winograd {
  x: usize;
  filter: usize;
  /** 0 or `[groups, outputs]`. */
  bias: usize;
  y: usize;
  relu: i32;
  groups: i32;
  batch: i32;
  height: i32;
  width: i32;
  /** Of a group. */
  channels: i32;
  /** Bytes from a pixel to the next. */
  pixel: usize;
  outHeight: i32;
  outWidth: i32;
  /** Of a group. */
  outputs: i32;
  outPixel: usize;
  top: i32;
  left: i32;
  /** Of a side of the filter. */
  taps: i32;
  /** The filter is turned by half a turn, its channels and outputs exchanged. */
  turned: i32;

  // The plan.
  /** Outputs of a side of a tile. */
  side: i32;
  tilesDown: i32;
  tilesAcross: i32;
  /** Of all images. */
  tiles: i32;
  blockTiles: i32;
  tileBlocks: i32;
  blockOutputs: i32;
  outputBlocks: i32;
  /** Panels of the filter, see filter.ts; bytes from one position to the next. */
  panels: usize;
  panelStep: usize;
  /** As many zeros as a pixel has channels: what lies outside of the image. */
  zeros: usize;
  own: usize;
  ownBytes: usize;
}

/** Tiles from which the filter's way there is worth it, which is the same for one image and for a hundred, and from which it is with panels that are kept. */
const leastTiles = 64;
const leastTilesKept = 8;
/** Channels and outputs from which the way of the windows is. */
const leastChannels = 16;

/** Bytes that keep the 36 positions out of one another's way in the cache: their matrices are often a multiple of 4096 bytes long. */
export const apart: usize = 64;

/** Outputs of a side of a tile, or 0 for a convolution that is done in another way. Tiles are of `height x width` numbers each image. */
export function sideFor(geometry: Geometry, height: i32, width: i32, kept: bool): i32 {
  const taps = geometry.filterHeight;
  const steps = geometry.strideHeight * geometry.strideWidth * geometry.dilationHeight * geometry.dilationWidth;
  if ((taps != 3 && taps != 5) || taps != geometry.filterWidth || steps != 1) return 0;
  const channels = geometry.channels / geometry.groups;
  const outputs = geometry.outChannels / geometry.groups;
  if (channels % 4 != 0 || outputs % 4 != 0 || min(channels, outputs) < leastChannels) return 0;
  const side = points + 1 - taps;
  const tiles = geometry.batch * parts(height, side) * parts(width, side);
  const least = kept ? leastTilesKept : leastTiles;
  return tiles < least ? 0 : side;
}

/** Image and outputs as they go forward. */
export function placeForward(task: Winograd, geometry: Geometry): void {
  task.height = geometry.height;
  task.width = geometry.width;
  task.channels = geometry.channels / geometry.groups;
  task.pixel = <usize>geometry.channels << 2;
  task.outHeight = geometry.outHeight;
  task.outWidth = geometry.outWidth;
  task.outputs = geometry.outChannels / geometry.groups;
  task.outPixel = <usize>geometry.outChannels << 2;
  task.top = geometry.top;
  task.left = geometry.left;
}

export function placeTiles(task: Winograd, geometry: Geometry, side: i32): void {
  task.batch = geometry.batch;
  task.groups = geometry.groups;
  task.taps = geometry.filterHeight;
  task.side = side;
  task.tilesDown = parts(task.outHeight, side);
  task.tilesAcross = parts(task.outWidth, side);
  task.tiles = task.batch * task.tilesDown * task.tilesAcross;
}

/** The image of a tile. */
// @ts-ignore: decorator
@inline
export function imageOf(task: Winograd, index: i32): i32 {
  return index / (task.tilesDown * task.tilesAcross);
}

/** The first row of a tile's outputs. */
// @ts-ignore: decorator
@inline
export function topOf(task: Winograd, index: i32): i32 {
  return index / task.tilesAcross % task.tilesDown * task.side;
}

/** The first column of a tile's outputs. */
// @ts-ignore: decorator
@inline
export function leftOf(task: Winograd, index: i32): i32 {
  return index % task.tilesAcross * task.side;
}

/** Addresses of a window's pixels, and of zeros for those outside of the image. */
export function findPixels(task: Winograd, group: i32, index: i32, places: usize): void {
  const top = topOf(task, index) - task.top;
  const left = leftOf(task, index) - task.left;
  const image = task.x + <usize>(imageOf(task, index) * task.height * task.width) * task.pixel
    + (<usize>(group * task.channels) << 2);
  for (let row = top; row < top + points; row++)
    for (let column = left; column < left + points; column++, places += 4) {
      const inside = index < task.tiles && <u32>row < <u32>task.height && <u32>column < <u32>task.width;
      store<usize>(places, inside ? image + <usize>(row * task.width + column) * task.pixel : task.zeros);
    }
}
