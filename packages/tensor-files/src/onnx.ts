import { readOnnx } from './codecs/onnx/read-onnx.ts';
import { type Open, opener } from './open-file.ts';

export {
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  onnxGraphBytes,
} from './codecs/onnx/onnx-graph-bytes.ts';
export type * from './types.ts';

/**
 * Opens the constants of an ONNX model by their names, with the texts of its metadata. What the graph computes is not looked at.
 *
 * @throws ZooError as `openTensors`; also where the numbers are kept in another file.
 */
export const openOnnx: Open = opener('onnx', readOnnx);
