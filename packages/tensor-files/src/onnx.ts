export {
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  onnxFile,
} from './codecs/onnx/onnx-bytes.ts';
export { openOnnx } from './codecs/onnx/open-onnx.ts';
