import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { Candidate } from '../candidate.ts';
import { type Adapter, findAdapter, noAdapter } from '../webgpu/adapter.ts';
import { wasm } from './wasm.ts';

/** As many of the adapter's limits as tfjs's programs use; the defaults are far lower. */
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
async function running(): Promise<boolean> {
  const { WatchedBackend } = await import('../webgpu/watched-backend.ts');
  const there: unknown = tf.engine().registry.webgpu;
  return there instanceof WatchedBackend && there.alive;
}

/** An adapter gives one device only, so every start asks for a new one, of the same kind. */
async function register(software: boolean): Promise<void> {
  const { WatchedBackend } = await import('../webgpu/watched-backend.ts');
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', async () => {
    adapter = await findAdapter(software);
    const device = await openDevice(adapter);
    return new WatchedBackend(device, Reflect.get(adapter.gpu, 'info'));
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
  fix: 'npm install @tensorflow/tfjs-backend-webgpu webgpu',
  async load({ software = false }) {
    if (tf.env().getBool('IS_NODE')) {
      const { mayHaveGraphicsCard } = await import('../webgpu/graphics-card.ts');
      if (!software && !mayHaveGraphicsCard() && !(await running())) throw noAdapter();
      const { provideGpu } = await import('../webgpu/dawn.ts');
      await provideGpu();
    } else if (!('gpu' in navigator))
      throw new ZooError(
        'backend',
        'webgpu: this browser has no WebGPU, or the page is not served by https. Use a newer browser, or the backend wasm.',
      );
    const { registerWebgpuKernels } = await import('@zoo/kernels/webgpu');
    registerWebgpuKernels();
    if (!(await running())) await findAdapter(software);
  },
  async start({ software = false }) {
    if (!(await running())) {
      await register(software);
      // Training goes on there when the device is lost and none comes back.
      await wasm.load({}).catch(() => {});
    }
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs could not open the device');
    return { threads: 1, detail: describe(software) };
  },
};
