import { build } from '../../tsup.shared.ts';

export default build('src/index.ts', 'src/wasm.ts', 'src/webgpu.ts', 'src/node.ts');
