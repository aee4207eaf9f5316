import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const built = (name: string) => JSON.stringify(path.join(root, 'packages', name, 'dist', 'index.js'));

it.each([1, 2])('a program on wasm with %i threads ends by itself', async (threads) => {
  const folder = await mkdtemp(path.join(root, 'node_modules', '.zoo-wasm-'));
  try {
    const file = path.join(folder, 'program.mjs');
    await writeFile(
      file,
      `import { useBackend } from ${built('backends')};
import * as tf from '@tensorflow/tfjs-core';
await useBackend('wasm', { threads: ${threads} });
console.log((await tf.sum(tf.ones([4096, 64]), 0).data()).join() === Array(64).fill(4096).join());`,
    );
    const { stdout, stderr } = await run(process.execPath, [file], { cwd: root, timeout: 60_000 });
    expect([stdout.trim().split('\n').at(-1), stderr]).toEqual(['true', expect.not.stringContaining('rror')]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
