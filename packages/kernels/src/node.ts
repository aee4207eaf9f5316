import { registerOver } from './kernel-call/register.ts';
import { kernels, processorKernels } from './node/kernels.ts';
import { registerReluGradient } from './relu-gradient.ts';

/**
 * Registers the kernels that make training on tfjs-node's backend as fast as TensorFlow can be, over its own where those are
 * slow. To be called once tfjs-node is loaded, which registers its own; calling it again changes nothing.
 *
 * @param options.gpu TensorFlow computes on a GPU.
 */
export function registerNodeKernels({ gpu = false }: { gpu?: boolean } = {}): void {
  registerOver('tensorflow', gpu ? kernels : { ...kernels, ...processorKernels });
  registerReluGradient();
}
