import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';

/** A browser on this machine. */
export interface Chromium {
  executablePath: string;
  /** What it needs in its environment, where it brings its own system libraries. */
  env?: NodeJS.ProcessEnv;
}

const systems = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where tests keep what they have fetched. */
const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'zoo-tests');
const prefix = 'chromium-';

/** The one that `fetchChromium` makes. */
export function fetchedChromium(version: string): Chromium & { env: NodeJS.ProcessEnv } {
  const folder = path.join(cache, `${prefix}${version}`);
  const libraries = [process.env.LD_LIBRARY_PATH, path.join(folder, 'lib')].filter(Boolean).join(':');
  return { executablePath: path.join(folder, 'chromium'), env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

const fetched = (): Chromium[] =>
  existsSync(cache)
    ? readdirSync(cache)
        .filter((name) => name.startsWith(prefix) && !name.includes('.part-'))
        .map((name) => fetchedChromium(name.slice(prefix.length)))
    : [];

/** A Chromium on this machine: that of CHROMIUM_PATH, playwright's own, the system's, or one fetched before. */
export const findChromium = (): Chromium | undefined =>
  [
    ...[process.env.CHROMIUM_PATH ?? '', chromium.executablePath(), ...systems].map((executablePath) => ({
      executablePath,
    })),
    ...fetched(),
  ].find(({ executablePath }) => existsSync(executablePath));

/** Lets headless Chromium offer WebGPU, on its software adapter where there is no graphics card. */
export const webgpuFlags = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-webgpu-adapter=swiftshader'];
