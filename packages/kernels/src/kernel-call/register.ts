import { getKernel, type KernelConfig, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

/** A kernel that stands in front of the backend's own, which it gets to fall back on. */
export type KernelOver = (stock: KernelFunc) => KernelFunc;

/** In the place of a stock kernel that there is none of: says so where one falls back on it. */
const missingKernel =
  (kernelName: string, backendName: string): KernelFunc =>
  () => {
    throw new ZooError(
      'backend',
      `@zoo/kernels: the backend '${backendName}' has no kernel ${kernelName} of its own to fall back on. Import its package of tfjs 4.22 first.`,
    );
  };

/** Kernels of ours that are registered, by backend and name. */
const registered = new Map<string, KernelFunc>();

/**
 * Registers kernels over those of a backend. Those that are registered stay as they are, unless the backend has put its own back.
 *
 * @param lifecycle By kernel: what tfjs calls when the backend starts, and when it is disposed of.
 */
export function registerOver(
  backendName: string,
  kernels: Readonly<Record<string, KernelOver>>,
  lifecycle: Readonly<Record<string, Pick<KernelConfig, 'setupFunc' | 'disposeFunc'>>> = {},
): void {
  for (const [kernelName, over] of Object.entries(kernels)) {
    const key = `${backendName} ${kernelName}`;
    const stock = getKernel(kernelName, backendName);
    if (stock && stock.kernelFunc === registered.get(key)) continue;
    const kernelFunc = over(stock?.kernelFunc ?? missingKernel(kernelName, backendName));
    if (stock) unregisterKernel(kernelName, backendName);
    // What the stock kernel sets up stays: it is in use as a fallback.
    registerKernel({ ...stock, kernelName, backendName, kernelFunc, ...lifecycle[kernelName] });
    registered.set(key, kernelFunc);
  }
}
