import { expect, it } from 'vitest';
import { hasWebgpu, softwareWebgpuOf } from './software-webgpu.ts';

it('the engine of tfjs tells whether webgpu runs', () => {
  expect(hasWebgpu({})).toBe(false);
  expect(hasWebgpu({ _tfengine: { registry: { cpu: {} } } })).toBe(false);
  expect(hasWebgpu({ _tfengine: { registry: { cpu: {}, webgpu: {} } } })).toBe(true);
});

it('the file that started WebGPU on a software adapter is named, and no other', () => {
  expect(softwareWebgpuOf('/a.test.ts', false, true)).toMatch(
    /^\/a\.test\.ts started the backend webgpu on a software adapter/,
  );
  expect(softwareWebgpuOf('/a.test.ts', true, true)).toBeUndefined();
  expect(softwareWebgpuOf('/a.test.ts', false, false)).toBeUndefined();
});
