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
 * Opens the constants of an ONNX model by their names, with the texts of its metadata. Of what the graph computes only DequantizeLinear of
 * constants is looked at. Numbers in another file (external data) are found beside its address, or among the Files of a list.
 *
 * @throws ZooError as `openTensors`; `not-found` when a file beside it is missing.
 */
export const openOnnx: Open = opener('onnx', readOnnx);
