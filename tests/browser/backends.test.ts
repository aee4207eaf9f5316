import * as tf from '@tensorflow/tfjs-core';
import { backendNames, doctor, useBackend } from '@zoo/backends';
import { beforeEach, describe, expect, it } from 'vitest';

const proofs = 'zoo-proofs';

describe('backends in a page', () => {
  beforeEach(() => localStorage.clear());

  it('auto takes wasm before a software adapter, and keeps its proof for the browser', async () => {
    const backend = await useBackend('auto');
    expect(backend.name).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
    const engine = navigator.userAgent.replaceAll(/[()]/g, '.');
    expect(localStorage.getItem(proofs)).toMatch(
      new RegExp(`^wasm; WebAssembly SIMD, 1 thread .*; zoo \\d.*; tfjs 4\\.22\\.0; ${engine}\n$`),
    );
  });

  it('auto takes webgpu on a software adapter that is asked for', async () => {
    const backend = await useBackend('auto', { software: true });
    expect(backend).toMatchObject({ name: 'webgpu', detail: expect.stringMatching(/, a software adapter$/) });
    expect(localStorage.getItem(proofs)).toMatch(/^webgpu; /);
  });

  it('doctor has a row for each, and proves those that are here', async () => {
    await useBackend('cpu');
    const rows = await doctor({ software: true });
    expect(rows.map(({ backend }) => backend)).toEqual([...backendNames]);
    expect(tf.getBackend()).toBe('cpu');
    for (const { backend, state, detail, probeError = 1 } of rows)
      if (backend.startsWith('node'))
        expect({ state, detail }).toEqual({
          state: 'missing',
          detail: `${backend}: it runs in Node only. Use wasm or webgpu.`,
        });
      else if (backend !== 'webgl') {
        expect(state, detail).toBe('works');
        expect(probeError, backend).toBeLessThan(1e-4);
      }
  });

  it('webgpu without an adapter says why not, and what to do', async () => {
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
    const { requestAdapter } = navigator.gpu;
    navigator.gpu.requestAdapter = async () => null;
    try {
      await expect(useBackend('webgpu', { software: true })).rejects.toThrow(
        "webgpu: no graphics adapter is found here. Install the graphics card's driver (Linux: with Vulkan). To compute on the processor instead, which is slower than wasm: start the browser with --enable-unsafe-webgpu, and pass software: true.",
      );
      expect((await useBackend('auto', { software: true })).name).toBe('wasm');
    } finally {
      navigator.gpu.requestAdapter = requestAdapter;
    }
  });
});
