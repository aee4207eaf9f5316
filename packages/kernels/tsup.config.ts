import { writeFile } from 'node:fs/promises';
import { build } from '../../tsup.shared.ts';
import { workerScript } from './src/wasm/module/workers.ts';

export default {
  ...build('src/index.ts', 'src/wasm.ts', 'src/webgpu.ts', 'src/cpu.ts', 'src/node.ts'),
  // For pages that serve it as a file.
  onSuccess: () => writeFile('dist/worker.js', workerScript),
};
