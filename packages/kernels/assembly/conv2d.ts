/** Convolutions as products: windows of the image by the filter, which is a matrix as it lies in memory. */
import { Product, Source } from './operands';
import { chooseSegment } from './pack-image';
import { job } from './pool';
import { plan } from './product';

/** What a convolution is: `src/wasm/convolution.ts` fills one in for each call. All counts; channels are those of all groups. */
@unmanaged
export class Geometry {
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
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
function placeImage(task: Product, x: usize, geometry: Geometry): void {
  task.a = x;
  task.height = geometry.height;
  task.width = geometry.width;
  task.channels = geometry.channels / geometry.groups;
  task.pixel = <usize>geometry.channels << 2;
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

/** `y = bias + windows(x) . filter`. Answers with the bytes of scratch that `multiply` needs. */
export function planConv2d(x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool): usize {
  const task = job<Product>();
  placeImage(task, x, geometry);
  task.aSource = Source.image;
  task.bSource = Source.matrix;
  task.b = filter;
  task.c = y;
  task.bias = bias;
  task.biasGroup = <usize>(geometry.outChannels / geometry.groups) << 2;
  task.relu = relu;
  task.rows = geometry.batch * geometry.outHeight * geometry.outWidth;
  task.columns = geometry.outChannels / geometry.groups;
  task.depth = geometry.filterHeight * geometry.filterWidth * task.channels;
  task.bStride = <usize>geometry.outChannels << 2;
  task.bGroup = <usize>task.columns << 2;
  task.cStride = <usize>geometry.outChannels << 2;
  task.cGroup = <usize>task.columns << 2;
  task.scattered = 0;
  return plan(task);
}

/** `dFilter = windows(x)^T . dy`. */
export function planConv2dBackpropFilter(x: usize, dy: usize, dFilter: usize, geometry: Geometry): usize {
  const task = job<Product>();
  placeImage(task, x, geometry);
  task.aSource = Source.imageTransposed;
  task.bSource = Source.matrix;
  task.b = dy;
  task.c = dFilter;
  task.bias = 0;
  task.relu = 0;
  task.rows = geometry.filterHeight * geometry.filterWidth * task.channels;
  task.columns = geometry.outChannels / geometry.groups;
  task.depth = geometry.batch * geometry.outHeight * geometry.outWidth;
  task.bStride = <usize>geometry.outChannels << 2;
  task.bGroup = <usize>task.columns << 2;
  task.cStride = <usize>geometry.outChannels << 2;
  task.cGroup = <usize>task.columns << 2;
  task.scattered = 0;
  return plan(task);
}
