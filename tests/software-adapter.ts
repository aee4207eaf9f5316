import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { mayHaveGraphicsCard } from '../packages/backends/src/platform/gpu.node.ts';
import { findChromium } from './browser/chromium.ts';

/** Every Chromium brings SwiftShader, and Vulkan's loader; Debian's and Fedora's keep them apart from the program. */
const folders = (): string[] => [
  path.dirname(findChromium()?.executablePath ?? ''),
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
];

const description = 'vk_swiftshader_icd.json';

/** Lets Dawn find a software adapter where there is no graphics card, in processes started from now on. */
export function offerSoftwareAdapter(): void {
  if (mayHaveGraphicsCard()) return;
  const folder = folders().find((one) => existsSync(path.join(one, description)));
  if (folder === undefined) return;
  process.env.VK_ICD_FILENAMES ??= path.join(folder, description);
  if (existsSync(path.join(folder, 'libvulkan.so.1')))
    process.env.LD_LIBRARY_PATH = [process.env.LD_LIBRARY_PATH, folder].filter(Boolean).join(':');
}

const request = `
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (!(await gpu.requestAdapter())) throw new Error('no graphics adapter is found here');`;

/** Why there is no WebGPU in Node, found out in a process of its own, whose libraries are looked for anew. */
export async function reasonAgainstWebgpu(): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', request], { timeout: 60_000 });
    return undefined;
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    const why = /^(?:Uncaught )?\w*Error.*?: (.*)$/m.exec(text)?.[1] ?? text.trim().split('\n')[0];
    return `${why}. To run them: install the graphics card's driver, or a Chromium, whose software adapter will do.`;
  }
}
