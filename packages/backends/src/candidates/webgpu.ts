import * as tf from '@tensorflow/tfjs-core';
import { installAdvice } from '#platform/advice';
import { mayHaveGraphicsCard, packages, provideGpu } from '#platform/gpu';
import type { Candidate } from '../candidate.ts';
import { type Adapter, findAdapter, noAdapter } from '../webgpu/adapter.ts';
import { loadWebgpuPackage } from '../webgpu/load-package.ts';
import { isAlive, watchedBackend } from '../webgpu/watched-backend.ts';
import { wasm } from './wasm.ts';

/** The adapter's limits that tfjs's shaders need; the defaults are far lower. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

let adapter: Adapter | undefined;

async function openDevice({ gpu }: Adapter): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(limits.map((name) => [name, gpu.limits[name]]));
  return gpu.requestDevice({ requiredLimits });
}

/** The running backend, where its device still answers. */
const running = (): boolean => isAlive(tf.engine().registry.webgpu);

/** An adapter gives one device only, so every start asks for a new one, of the same kind. */
async function register(software: boolean): Promise<void> {
  const tfjsWebgpu = await loadWebgpuPackage();
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', async () => {
    adapter = await findAdapter(software);
    const device = await openDevice(adapter);
    return watchedBackend(tfjsWebgpu, device, Reflect.get(adapter.gpu, 'info'));
  });
}

const describe = (software: boolean): string => {
  const { name, software: isSoftware } = adapter ?? { name: 'a graphics adapter', software: false };
  const kept = isSoftware !== software ? ' (already running, the adapter is fixed at the start)' : '';
  return `${name}${isSoftware ? ', a software adapter' : ''}${kept}`;
};

/** The graphics card, in browsers and, through Dawn, in Node. */
export const webgpu: Candidate = {
  tfjsName: 'webgpu',
  fix: installAdvice(...packages),
  async load({ software = false }) {
    if (!software && !mayHaveGraphicsCard() && !running()) throw noAdapter();
    await provideGpu();
    // Before the packages, which are large.
    if (!running()) await findAdapter(software);
    await loadWebgpuPackage();
    const { registerWebgpuKernels } = await import('@zoo/kernels/webgpu');
    registerWebgpuKernels();
  },
  async start({ software = false }) {
    if (!running()) {
      await register(software);
      // Training continues there when the device is lost and cannot be replaced.
      await wasm.load({}).catch(() => {});
    }
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs could not open the device');
    return { threads: 1, detail: describe(software) };
  },
};
