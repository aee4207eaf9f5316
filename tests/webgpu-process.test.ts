import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const built = (name: string) => JSON.stringify(path.join(root, 'packages', name, 'dist', 'index.js'));

/** A program of a user's, in a process of its own, against what was built: `npm test` builds first. */
async function program(code: string, env: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(path.join(root, 'node_modules', '.zoo-webgpu-'));
  try {
    const file = path.join(folder, 'program.mjs');
    await writeFile(
      file,
      `import { useBackend } from ${built('backends')};\nimport * as tf from '@tensorflow/tfjs-core';\n${code}`,
    );
    const { stdout } = await run(process.execPath, [file], {
      cwd: root,
      timeout: 60_000,
      env: { ...process.env, ZOO_CACHE: path.join(os.tmpdir(), 'zoo-none'), ...env },
    });
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const multiply = `
  const { name } = await useBackend('webgpu', { software: true });
  const y = tf.matMul(tf.ones([64, 64]), tf.fill([64, 64], 2));
  console.log(name, (await y.data())[5]);`;

describe.runIf(inject('webgpu'))('webgpu in Node', () => {
  it('computes and lets the process end by itself, also two at once', async () => {
    expect(await Promise.all([program(multiply), program(multiply)])).toEqual(['webgpu 128', 'webgpu 128']);
  });
});

describe('webgpu in Node without an adapter', () => {
  it('says in one line why not and what to do', async () => {
    const nothing = { VK_ICD_FILENAMES: path.join(os.tmpdir(), 'no-such-driver.json') };
    const code = `await useBackend('webgpu', { software: true }).catch(({ code, message }) => console.log(code, message));`;
    if (process.platform === 'linux')
      expect(await program(code, nothing)).toMatch(
        /^backend webgpu: no graphics adapter is found here\. Install the graphics card's driver \(Linux: with Vulkan\)\. For a software adapter, .*$/,
      );
  });
});
