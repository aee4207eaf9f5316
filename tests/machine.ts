import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { Candidate } from '../packages/backends/src/candidate.ts';
import { node } from '../packages/backends/src/candidates/node.ts';
import { webgpu } from '../packages/backends/src/candidates/webgpu.ts';
import { isZooError } from '../packages/core/src/zoo-error.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether an adapter for WebGPU is at hand, real or software. */
    webgpu: boolean;
    /** Whether the addon of the node backend is at hand: the user's own, or one that `zoo setup node` made. */
    node: boolean;
  }
}

/** Where a software adapter's description is looked for when the machine has no graphics card: Debian's Chromium brings one. */
const softwareAdapters = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json',
];
const graphicsCards = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

async function reasonAgainst({ load, fix }: Candidate): Promise<string | undefined> {
  try {
    await load({ software: true });
    return undefined;
  } catch (error) {
    // An error of the zoo says itself what to do.
    if (isZooError(error)) return error.message;
    return `${error instanceof Error ? error.message : String(error)}. To run them: ${fix}`;
  }
}

/** Chooses, once for all tests, where WebGPU computes in Node; and says what is not run, and why. */
export default async function machine(project: TestProject): Promise<void> {
  const software = softwareAdapters.find((file) => existsSync(file));
  if (process.platform === 'linux' && software && !graphicsCards.some((file) => existsSync(file)))
    process.env.VK_ICD_FILENAMES ??= software;
  for (const [name, backend] of Object.entries({ webgpu, node } as const)) {
    const why = await reasonAgainst(backend);
    project.provide(name === 'node' ? 'node' : 'webgpu', why === undefined);
    if (why !== undefined)
      process.stderr.write(`Not run: tests of ${name}${name === 'webgpu' ? ' in Node' : ''}. ${why}\n`);
  }
}
