import os from 'node:os';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { program } from './program.ts';

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
        /^backend webgpu: no graphics adapter is found here\. Install the graphics card's driver \(Linux: with Vulkan\)\. To compute on the processor instead, which is slower than wasm: .*$/,
      );
  });
});
