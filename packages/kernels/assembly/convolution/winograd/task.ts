/** What Winograd's convolutions share: the images, and the tiles they fall into. */
import { ceilDiv } from '../../threads/ceil-div';
import { Geometry } from '../geometry';
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
  pixelBytes: usize;
  outHeight: i32;
  outWidth: i32;
  /** Of a group. */
  outputs: i32;
  outPixelBytes: usize;
  top: i32;
  left: i32;
  /** Of a side of the filter. */
  taps: i32;
  /** The filter is rotated by 180 degrees, its channels and outputs exchanged. */
  flipped: i32;

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

/** Bytes that keep the 36 positions out of one another's way in the cache: their matrices are often a multiple of 4096 bytes long. */
export const positionPadding: usize = 64;

/** Image and outputs as they go forward. */
export function placeForward(task: Winograd, geometry: Geometry): void {
  task.height = geometry.inHeight;
  task.width = geometry.inWidth;
  task.channels = geometry.inChannels / geometry.groups;
  task.pixelBytes = <usize>geometry.inChannels << 2;
  task.outHeight = geometry.outHeight;
  task.outWidth = geometry.outWidth;
  task.outputs = geometry.outChannels / geometry.groups;
  task.outPixelBytes = <usize>geometry.outChannels << 2;
  task.top = geometry.top;
  task.left = geometry.left;
}

/** Cuts the outputs into tiles, of as many outputs as six points give. */
export function placeTiles(task: Winograd, geometry: Geometry): void {
  const side = points + 1 - geometry.filterHeight;
  task.batch = geometry.batchSize;
  task.groups = geometry.groups;
  task.taps = geometry.filterHeight;
  task.side = side;
  task.tilesDown = ceilDiv(task.outHeight, side);
  task.tilesAcross = ceilDiv(task.outWidth, side);
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
export function findPixels(task: Winograd, group: i32, index: i32, addresses: usize): void {
  const top = topOf(task, index) - task.top;
  const left = leftOf(task, index) - task.left;
  const image = task.x + <usize>(imageOf(task, index) * task.height * task.width) * task.pixelBytes
    + (<usize>(group * task.channels) << 2);
  for (let row = top; row < top + points; row++)
    for (let column = left; column < left + points; column++, addresses += 4) {
      const inside = index < task.tiles && <u32>row < <u32>task.height && <u32>column < <u32>task.width;
      store<usize>(addresses, inside ? image + <usize>(row * task.width + column) * task.pixelBytes : task.zeros);
    }
}
