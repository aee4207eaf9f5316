import { afterAll, expect } from 'vitest';
import { mayHaveGraphicsCard } from '../packages/backends/src/platform/gpu.node.ts';
import { hasWebgpu, softwareWebgpuOf } from '../packages/testing/src/software-webgpu.ts';

// A setup file: see packages/testing/src/software-webgpu.ts.

const before = hasWebgpu(globalThis);

afterAll(() => {
  const wrong = softwareWebgpuOf(expect.getState().testPath, before, hasWebgpu(globalThis) && !mayHaveGraphicsCard());
  if (wrong !== undefined) throw new Error(wrong);
});
