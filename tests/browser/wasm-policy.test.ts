import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '@zoo/backends';
import { expect, it, vi } from 'vitest';

// The policy holds for this page until it is left: a file of its own.
it('a page whose policy allows no WebAssembly is told so, and auto goes on to cpu', async () => {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'self' 'unsafe-inline'";
  document.head.append(policy);

  await useBackend('cpu');
  const reason =
    "wasm: the page's Content-Security-Policy allows no WebAssembly. Add 'wasm-unsafe-eval' to its script-src, or use the backend webgl or cpu.";
  await expect(useBackend('wasm')).rejects.toThrow(reason);
  expect(tf.getBackend()).toBe('cpu');

  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { name, passedOver } = await useBackend('auto');
  expect(name).toBe('cpu');
  expect(passedOver).toContainEqual({ backend: 'wasm', reason });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(`zoo: the backend is cpu. Passed over: `));
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(reason));
}, 30_000);
