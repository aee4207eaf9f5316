import { build } from '../../tsup.shared.ts';

export default build(
  'src/index.ts',
  'src/safetensors.ts',
  'src/npy.ts',
  'src/onnx.ts',
  'src/tfjs.ts',
  'src/strided.ts',
);
