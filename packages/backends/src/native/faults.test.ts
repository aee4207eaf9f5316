import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doctor } from '../doctor.ts';
import { useBackend } from '../use-backend.ts';
import { type Installation, installationFile, thisMachine } from './installation.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'zoo-native-'));
  vi.stubEnv('ZOO_HOME', home);
  await mkdir(path.join(home, 'native'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const inHome = (...names: string[]) => path.join(home, 'native', ...names);

/** The head of a Linux library for another processor than this one's. */
function foreignLibrary(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  new DataView(bytes.buffer).setUint16(18, process.arch === 'arm64' ? 62 : 183, true);
  return bytes;
}

/** An installation whose files are there, and are worth nothing. */
async function installed(addon: string | Uint8Array, changes: Partial<Installation> = {}): Promise<Installation> {
  const installation: Installation = {
    addon: inHome('tfjs_binding.node'),
    sources: inHome('sources'),
    libtensorflow: inHome('library'),
    version: '2.21.0',
    machine: thisMachine(),
    ...changes,
  };
  await mkdir(inHome('sources'));
  await mkdir(inHome('library'));
  await writeFile(inHome('tfjs_binding.node'), addon);
  await writeFile(installationFile('node'), JSON.stringify(installation));
  return installation;
}

describe('a node backend that cannot be had', () => {
  it('is missing, with the command that installs it', async () => {
    await expect(useBackend('node')).rejects.toThrow(
      'node: cannot be loaded, it is not installed: there is no package @tensorflow/tfjs-node, and setup has not been run. To get it: npx @zoo/cli setup node (or npm install @tensorflow/tfjs-node).',
    );
    await expect(useBackend('node-gpu')).rejects.toThrow('To get it: npx @zoo/cli setup node-gpu (');
  });

  it('was built for another processor', async () => {
    await installed(foreignLibrary());
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    await expect(useBackend('node')).rejects.toThrow(
      `was built for ${other}, but this Node is ${process.arch}. Run: npx @zoo/cli setup node.`,
    );
    const rows = await doctor();
    expect(rows.find(({ backend }) => backend === 'node')).toMatchObject({ state: 'broken' });
    expect((await useBackend('auto')).name).not.toBe('node');
  });

  it('is no library at all', async () => {
    await installed('not a library');
    await expect(useBackend('node')).rejects.toThrow(
      /^node: its addon does not load, .*Run: npx @zoo\/cli setup node\.$/,
    );
  });

  it.each(['tfjs_binding.node', 'library', 'sources'])('has lost its %s between runs', async (name) => {
    await installed('not a library');
    await rm(inHome(name), { recursive: true });
    await expect(useBackend('node')).rejects.toThrow(`node: ${inHome(name)} is gone. Run: npx @zoo/cli setup node.`);
  });

  it('has a damaged record', async () => {
    await writeFile(installationFile('node'), '{"addon": ');
    await expect(useBackend('node')).rejects.toThrow(`${installationFile('node')}: it is damaged.`);
  });
});
