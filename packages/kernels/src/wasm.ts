import '@tensorflow/tfjs-backend-wasm';
import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { registerReluGradient } from './relu-gradient.ts';
import { kernels } from './wasm/kernels.ts';
import { endModule, startModule } from './wasm/module-of.ts';

export { setWasmThreads } from './wasm/module-of.ts';

const registered = new Map<string, KernelFunc>();

/** A kernel of ours alone, by which tfjs tells when its backend starts and ends. */
const herald = 'ClippedAvgPool';

/** Whoever gives tfjs its gradients has done so by the time the backend starts. */
function started(backend: unknown): void {
  startModule(backend);
  registerReluGradient();
}

/**
 * Registers the kernels that training on tfjs's wasm backend needs, over its own where those are wrong or slow.
 * Importing this entry calls it. Calling it again changes nothing; calling it before or after the backend starts is the same.
 */
export function registerWasmKernels(): void {
  for (const [kernelName, over] of Object.entries(kernels)) {
    const stock = getKernel(kernelName, 'wasm');
    if (stock && stock.kernelFunc === registered.get(kernelName)) continue;
    const kernelFunc = over(stock?.kernelFunc);
    if (stock) unregisterKernel(kernelName, 'wasm');
    // The stock kernel stays in use as a fallback, and it is tfjs that sets it up when the backend starts.
    const life = kernelName === herald ? { setupFunc: started, disposeFunc: endModule } : {};
    registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc, ...life });
    registered.set(kernelName, kernelFunc);
  }
  registerReluGradient();
}

registerWasmKernels();
