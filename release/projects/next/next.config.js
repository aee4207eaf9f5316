import { readFile } from 'node:fs/promises';

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));

export default {
  // On the server TensorFlow.js finds its wasm files and threads beside its own scripts, so these stay where they are installed.
  serverExternalPackages: Object.keys(dependencies).filter((name) => /^@(zoo|tensorflow)\//.test(name)),
};
