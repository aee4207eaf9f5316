/** Convolutions as products: windows of the image by the filter, which is a matrix as it lies in memory. */
import { Product, Source } from '../gemm/product';
import { job } from '../threads/job';
import { Geometry, placeImage } from './geometry';

/** `y = bias + windows(x) . filter`: a row of A is a window, a row of B a tap of a channel. */
export function forwardProduct(
  x: usize, filter: usize, bias: usize, y: usize, geometry: Geometry, relu: bool,
): Product {
  const task = job<Product>();
  placeImage(task, x, geometry);
  task.aSource = Source.image;
  task.bSource = Source.matrix;
  task.b = filter;
  task.c = y;
  task.bias = bias;
  task.biasGroup = <usize>(geometry.outChannels / geometry.groups) << 2;
  task.relu = relu;
  task.rows = geometry.batchSize * geometry.outHeight * geometry.outWidth;
  task.columns = geometry.outChannels / geometry.groups;
  task.depth = geometry.filterHeight * geometry.filterWidth * task.channels;
  task.bStride = <usize>geometry.outChannels << 2;
  task.bGroup = <usize>task.columns << 2;
  task.cStride = <usize>geometry.outChannels << 2;
  task.cGroup = <usize>task.columns << 2;
  task.scattered = 0;
  return task;
}

/** `dFilter = windows(x)^T . dy`: a row of A is a tap of a channel, a row of B a gradient of an output. */
export function filterGradientProduct(x: usize, dy: usize, dFilter: usize, geometry: Geometry): Product {
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
  task.depth = geometry.batchSize * geometry.outHeight * geometry.outWidth;
  task.bStride = <usize>geometry.outChannels << 2;
  task.bGroup = <usize>task.columns << 2;
  task.cStride = <usize>geometry.outChannels << 2;
  task.cGroup = <usize>task.columns << 2;
  task.scattered = 0;
  return task;
}
