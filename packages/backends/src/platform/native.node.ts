import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { Candidate, Started } from '../candidate.ts';
import { type Flavour, howToGet, packageNames } from '../native/flavour.ts';
import type { Loaded } from '../native/load-native.ts';

/** One line: what computes, and what does not and why. */
function describe(flavour: Flavour, { gpu, threads, title }: Loaded, asked: number | undefined): string {
  const where = gpu ? 'on the GPU' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const notes = [
    ...(flavour === 'node-gpu' && !gpu ? ['TensorFlow found no GPU it can use, so it computes on the CPU'] : []),
    ...(asked !== undefined && asked !== threads ? ['already running, threads are fixed at the start'] : []),
  ];
  return `${title}, ${where}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

/** TensorFlow's C library through tfjs-node. */
export const native = (flavour: Flavour): Candidate => ({
  tfjsName: 'tensorflow',
  fix: howToGet(flavour),
  async load() {
    const { findNative } = await import('../native/load-native.ts');
    if (findNative(flavour).length === 0)
      throw new Error(`it is not installed: there is no package ${packageNames[flavour]}, and setup has not been run`);
  },
  async start({ threads }): Promise<Started> {
    const { loadNative } = await import('../native/load-native.ts');
    const loaded = loadNative(flavour, threads);
    if (loaded.flavour !== flavour && loaded.gpu)
      throw new ZooError(
        'backend',
        `${flavour}: this process has loaded ${packageNames[loaded.flavour]}, and libtensorflow cannot be loaded twice. Start a new process for ${flavour}.`,
      );
    const { registerNodeKernels } = await import('@zoo/kernels/node');
    registerNodeKernels({ gpu: loaded.gpu });
    if (!(await tf.setBackend('tensorflow'))) throw new ZooError('backend', `${flavour}: tfjs could not start it.`);
    const { watchMemory } = await import('../native/native-memory.ts');
    watchMemory(flavour, tf.backend());
    const { installedPrograms } = await import('../native/installed-programs.ts');
    const program = installedPrograms(loaded.flavour);
    return { threads: loaded.threads, detail: describe(flavour, loaded, threads), program };
  },
});
