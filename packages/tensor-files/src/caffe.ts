import { readBinaryproto, readCaffemodel } from './codecs/caffe/read-caffemodel.ts';
import { type Open, opener } from './open-file.ts';

export type * from './types.ts';

/**
 * Opens the weights of a network of Caffe, in messages of V1 or V2. Tensors are named by their layers: `conv1.weight`.
 *
 * @throws ZooError as `openTensors`.
 */
export const openCaffemodel: Open = opener('caffemodel', readCaffemodel);

/**
 * Opens Caffe's mean image: one tensor, `mean`, `[1, channels, height, width]`, in BGR.
 *
 * @throws ZooError as `openTensors`.
 */
export const openBinaryproto: Open = opener('binaryproto', readBinaryproto);
