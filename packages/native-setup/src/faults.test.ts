import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installationFile, thisMachine } from '@zoo/backends/native';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeFolder } from './complete-folder.ts';
import { libtensorflowNamed } from './libtensorflow.ts';
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
      /^setupNode: a C\+\+ compiler is missing \(looked for no-such-compiler\)\. Run: /,
    );
    await expect(findPython({ PYTHON: 'no-such-python' })).rejects.toThrow(
      /^setupNode: Python 3 with pip is missing \(looked for no-such-python\)\. Run: /,
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
    expect(libtensorflowNamed(path.join(home, 'wheel'))).toEqual({
      folder: path.join(home, 'wheel'),
      include: path.join(home, 'wheel', 'include'),
      libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    });
    expect(libtensorflowNamed(path.join(home, 'c'))).toEqual({
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
