import type { TestProject } from 'vitest/node';
import { node } from '../packages/backends/src/candidates/node.ts';
import { nodeGpu } from '../packages/backends/src/candidates/node-gpu.ts';
import { noteNotRun } from '../packages/testing/src/not-run.ts';
import type { DecodedPicture } from './browser/decoded-pictures.ts';
import type { ShardsForPage } from './browser/shards.ts';
import { offerSoftwareAdapter, reasonAgainstWebgpu } from './software-adapter.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether every case is run: see packages/testing/src/complete.ts. */
    complete: boolean;
    /** Whether an adapter for WebGPU is at hand, real or software. */
    webgpu: boolean;
    /** Whether the addon of the node backend is at hand: the user's own, or one that `zoo setup node` made. */
    node: boolean;
    /** The same of the node-gpu backend, which computes on the processor where there is no GPU. */
    nodeGpu: boolean;
    /** Address of a server of another origin, in Chromium: see browser/file-server.ts. */
    fileServer: string;
    /** Pictures as Node decodes them, in Chromium: see browser/decoded-pictures.ts. */
    pictures: DecodedPicture[];
    /** Shards, and the batches that Node makes of them, in Chromium: see browser/shards.ts. */
    shards: ShardsForPage;
    /** Files of the presets from elsewhere, where there are any. */
    modelFiles: Record<string, string>;
  }
}

async function reasonAgainst({ load, fix }: typeof node): Promise<string | undefined> {
  try {
    await load({});
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${why.replace(/\.$/, '')}. To run them: ${fix}`;
  }
}

/** Finds out, once for all tests, what this machine computes on; and says what is not run, and why. */
export default async function machine(project: TestProject): Promise<void> {
  offerSoftwareAdapter();
  // TensorFlow reads it before a test could set it.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  project.provide('modelFiles', {});
  project.provide('complete', process.env.ZOO_TESTS === 'complete');
  // What was built is the same on every backend: the others are tested on the sources.
  if (process.env.ZOO_TESTS_ON === 'dist') {
    for (const key of ['webgpu', 'node', 'nodeGpu'] as const) project.provide(key, false);
    return;
  }
  const reasons = [
    ['webgpu', 'webgpu in Node', await reasonAgainstWebgpu()],
    ['node', 'node', await reasonAgainst(node)],
    ['nodeGpu', 'node-gpu', await reasonAgainst(nodeGpu)],
  ] as const;
  for (const [key, title, why] of reasons) {
    project.provide(key, why === undefined);
    if (why !== undefined) noteNotRun(`tests of ${title}. ${why}`);
  }
}
