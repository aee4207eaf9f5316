import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { webgpu } from '../packages/backends/src/candidates/webgpu.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether an adapter for WebGPU is at hand, real or software. */
    webgpu: boolean;
  }
}

/** Where a software adapter's description is looked for when the machine has no graphics card: Debian's Chromium brings one. */
const softwareAdapters = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json',
];
const graphicsCards = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/** Chooses, once for all tests, where WebGPU computes in Node; and says what is not run, and why. */
export default async function machine(project: TestProject): Promise<void> {
  const software = softwareAdapters.find((file) => existsSync(file));
  if (process.platform === 'linux' && software && !graphicsCards.some((file) => existsSync(file)))
    process.env.VK_ICD_FILENAMES ??= software;
  let why: string | undefined;
  try {
    await webgpu.load({ software: true });
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  project.provide('webgpu', why === undefined);
  if (why !== undefined) process.stderr.write(`Not run: tests of webgpu in Node. ${why}\n`);
}
