import '@tensorflow/tfjs-backend-wasm';
import { registerOver } from './kernel-call/register.ts';
import { registerReluGradient } from './relu-gradient.ts';
import { kernels } from './wasm/kernels.ts';
import { endModule, startModule } from './wasm/module-of.ts';

export { setWasmThreads } from './wasm/module-of.ts';

/** A kernel of ours alone, by which tfjs tells when its backend starts and ends. */
const lifecycleKernel = 'ClippedAvgPool';

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
  registerOver('wasm', kernels, { [lifecycleKernel]: { setupFunc: started, disposeFunc: endModule } });
  registerReluGradient();
}

registerWasmKernels();
