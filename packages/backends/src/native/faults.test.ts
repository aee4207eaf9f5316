import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doctor } from '../doctor.ts';
import { useBackend } from '../use-backend.ts';
import { completeFolder, removeDeadParts } from './complete-folder.ts';
import { type Installation, installationFile, thisMachine } from './installation.ts';
import { givenLibtensorflow } from './libtensorflow.ts';
import { removeNode } from './remove-node.ts';
import { setupNode } from './setup-node.ts';
import { findCompiler, findPython } from './toolchain.ts';

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
    origin: 'built',
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
      'node: cannot be loaded, neither @tensorflow/tfjs-node nor a build of the zoo is installed. Run: npx zoo setup node.',
    );
    await expect(useBackend('node-gpu')).rejects.toThrow('Run: npx zoo setup node-gpu.');
  });

  it('was built for another processor', async () => {
    await installed(foreignLibrary());
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    await expect(useBackend('node')).rejects.toThrow(
      `was built for ${other}, but this Node is ${process.arch}. Run: npx zoo setup node.`,
    );
    const rows = await doctor();
    expect(rows.find(({ backend }) => backend === 'node')).toMatchObject({ state: 'broken' });
    expect((await useBackend('auto')).name).not.toBe('node');
  });

  it('is no library at all', async () => {
    await installed('not a library');
    await expect(useBackend('node')).rejects.toThrow(/^node: its addon does not load, .*Run: npx zoo setup node\.$/);
  });

  it.each(['tfjs_binding.node', 'library', 'sources'])('has lost its %s between runs', async (name) => {
    await installed('not a library');
    await rm(inHome(name), { recursive: true });
    await expect(useBackend('node')).rejects.toThrow(`node: ${inHome(name)} is gone. Run: npx zoo setup node.`);
  });

  it('has a damaged record', async () => {
    await writeFile(installationFile('node'), '{"addon": ');
    await expect(useBackend('node')).rejects.toThrow(`${installationFile('node')}: it is damaged.`);
  });
});

describe('a folder that is complete or not there', () => {
  it('is filled by one of two at once, and whole', async () => {
    const folder = inHome('stage');
    const fill = (who: string) => async (part: string) => {
      await writeFile(path.join(part, 'a'), who);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await writeFile(path.join(part, 'b'), who);
    };
    await Promise.all(['first', 'second'].map((who) => completeFolder(folder, fill(who))));
    expect((await readdir(folder)).sort()).toEqual(['a', 'b']);
    expect(await readdir(inHome())).toEqual(['stage']);
  });

  it('is not there when filling it fails', async () => {
    const fail = async (part: string) => {
      await writeFile(path.join(part, 'a'), 'half');
      throw new Error('no more');
    };
    await expect(completeFolder(inHome('stage'), fail)).rejects.toThrow('no more');
    expect(await readdir(inHome())).toEqual([]);
  });

  it('leaves nothing of a process that was killed, and does not touch one that runs', async () => {
    const alive = `.stage.${process.pid}.0123abcd.part`;
    // Larger than any process number.
    await Promise.all([alive, '.stage.999999999.0123abcd.part'].map((name) => mkdir(inHome(name))));
    await removeDeadParts(inHome());
    expect(await readdir(inHome())).toEqual([alive]);
  });
});

describe('setup', () => {
  it('refuses a path without a libtensorflow, before anything is fetched', async () => {
    await expect(setupNode({ libtensorflow: home })).rejects.toThrow(
      `${home}: no libtensorflow with its headers is there. Give the folder of a Python package`,
    );
    expect(await readdir(inHome())).toEqual([]);
  });

  it('says which package cannot be fetched, and leaves nothing half-done', async () => {
    // Nobody listens there.
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/');
    await expect(setupNode()).rejects.toThrow(
      /^npm package @tensorflow\/tfjs-node 4\.22\.0: it cannot be fetched, .+\. Check the network and npm's settings, and try again\.$/,
    );
    expect(await readdir(inHome())).toEqual([]);
  });

  it('ends when the signal says so, and leaves nothing half-done', async () => {
    await expect(setupNode({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    expect(await readdir(inHome())).toEqual([]);
  });

  it('says which command installs a compiler, or Python', async () => {
    await expect(findCompiler({ CXX: 'no-such-compiler' })).rejects.toThrow(
      /^zoo setup: a C\+\+ compiler is missing \(looked for no-such-compiler\)\. Run: /,
    );
    await expect(findPython({ PYTHON: 'no-such-python' })).rejects.toThrow(
      /^zoo setup: Python 3 with pip is missing \(looked for no-such-python\)\. Run: /,
    );
  });

  it.runIf(process.platform === 'linux')('finds the library in a wheel and in the C library', async () => {
    const files = {
      wheel: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include/tensorflow/c/eager/c_api.h'],
      c: [
        'lib/libtensorflow.so',
        'lib/libtensorflow.so.2',
        'lib/libtensorflow_framework.so.2',
        'include/tensorflow/c/eager/c_api.h',
      ],
    };
    for (const [kind, names] of Object.entries(files))
      for (const name of names) {
        await mkdir(path.dirname(path.join(home, kind, name)), { recursive: true });
        await writeFile(path.join(home, kind, name), '');
      }
    expect(givenLibtensorflow(path.join(home, 'wheel'))).toEqual({
      folder: path.join(home, 'wheel'),
      include: path.join(home, 'wheel', 'include'),
      libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    });
    expect(givenLibtensorflow(path.join(home, 'c'))).toEqual({
      folder: path.join(home, 'c', 'lib'),
      include: path.join(home, 'c', 'include'),
      libraries: ['libtensorflow.so', 'libtensorflow_framework.so.2'],
    });
  });

  it('removes what it has made, and nothing else', async () => {
    const folders = ['tfjs-node-4.22.0', 'node-api-headers-1.9.0', `node-4.22.0-${thisMachine()}-0123`, 'mine'];
    await Promise.all(folders.map((name) => mkdir(inHome(name))));
    await writeFile(installationFile('node'), '{}');
    await writeFile(installationFile('node-gpu'), '{}');
    const removed = await removeNode('node');
    expect(removed.sort()).toEqual(
      [`node-${thisMachine()}.json`, `node-4.22.0-${thisMachine()}-0123`, 'tfjs-node-4.22.0'].sort(),
    );
    // The headers serve the other build too.
    expect((await readdir(inHome())).sort()).toEqual(
      ['mine', `node-gpu-${thisMachine()}.json`, 'node-api-headers-1.9.0'].sort(),
    );
    expect(await removeNode('node')).toEqual([]);
  });
});
