import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const built = (name: string) => JSON.stringify(path.join(root, 'packages', name, 'dist', 'index.js'));

/** Runs a user's program in its own process, against the build: `npm test` builds first. Returns what it prints. */
export async function program(code: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const folder = await mkdtemp(path.join(root, 'node_modules', '.zoo-program-'));
  try {
    const file = path.join(folder, 'program.mjs');
    await writeFile(
      file,
      `import { useBackend } from ${built('backends')};\nimport * as tf from '@tensorflow/tfjs-core';\n${code}`,
    );
    const { stdout } = await run(process.execPath, [file], {
      cwd: root,
      timeout: 120_000,
      env: { ...process.env, ZOO_CACHE: path.join(os.tmpdir(), 'zoo-none'), ...env },
    });
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
