import { expect, it } from 'vitest';
import { growTo } from './kernel-module.ts';

const page = 65_536;

it('grows its memory, and says where the engine has no more', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
  const kernel = { memory, call: () => 0 };
  expect(growTo(kernel, page)).toBe(true);
  expect(memory.buffer.byteLength).toBe(page);
  expect(growTo(kernel, 2 * page + 1)).toBe(true);
  expect(memory.buffer.byteLength).toBe(3 * page);
  expect(growTo(kernel, 3 * page + 1)).toBe(false);
  expect(memory.buffer.byteLength).toBe(3 * page);
});
