import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-loaders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Until the test is finished, this is what the user's npmrc says, and nothing else says anything. */
export async function npmUser(npmrc: string): Promise<void> {
  const file = path.join(await temporaryFolder(), 'npmrc');
  await writeFile(file, npmrc);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const name of Object.keys(process.env)) {
    if (/^(npm_config_.*|https?_proxy|no_?proxy)$/i.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('npm_config_userconfig', file);
  vi.stubEnv('npm_config_globalconfig', path.join(path.dirname(file), 'none'));
}
