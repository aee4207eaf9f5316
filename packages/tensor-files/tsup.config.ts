import { buildForNodeAndPages } from '../../tsup.shared.ts';

const entries = ['index', 'safetensors', 'pytorch', 'npy', 'hdf5', 'onnx', 'caffe', 'tfjs', 'strided'];

export default buildForNodeAndPages(...entries.map((entry) => `src/${entry}.ts`));
