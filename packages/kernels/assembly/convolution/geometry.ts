/** What a convolution is, and how its windows lie in an image. */
import { chooseSegment } from '../gemm/pack/pack-image';
import { Product } from '../gemm/product';

/** All are counts; `inChannels` and `outChannels` are those of all groups. */
@unmanaged
export class Geometry {
  batchSize: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  groups: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  top: i32;
  left: i32;
}

/** The image of `geometry`, and how the windows lie in it. */
export function placeImage(task: Product, x: usize, geometry: Geometry): void {
  task.a = x;
  task.height = geometry.inHeight;
  task.width = geometry.inWidth;
  task.channels = geometry.inChannels / geometry.groups;
  task.pixelBytes = <usize>geometry.inChannels << 2;
  task.aGroup = <usize>task.channels << 2;
  task.outHeight = geometry.outHeight;
  task.outWidth = geometry.outWidth;
  task.filterHeight = geometry.filterHeight;
  task.filterWidth = geometry.filterWidth;
  task.strideHeight = geometry.strideHeight;
  task.strideWidth = geometry.strideWidth;
  task.dilationHeight = geometry.dilationHeight;
  task.dilationWidth = geometry.dilationWidth;
  task.top = geometry.top;
  task.left = geometry.left;
  task.groups = geometry.groups;
  chooseSegment(task);
}
