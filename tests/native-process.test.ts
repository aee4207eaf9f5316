import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startZoo } from '../apps/cli/src/testing/zoo.ts';
import { installationFile, readInstallation } from '../packages/backends/src/native/installation.ts';
import { runProgram } from '../packages/native-setup/src/run-program.ts';
import { program } from './program.ts';

// Each in processes of its own, as libtensorflow is loaded once in a process; against what was built: `npm test` builds first.

const multiply = (backend: string) => `
  const { name, detail } = await useBackend('${backend}', { threads: 2 });
  const y = tf.matMul(tf.ones([64, 64]), tf.fill([64, 64], 2));
  console.log(name, (await y.data())[5], detail);`;

let cache = '';
beforeAll(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'zoo-native-'));
});
afterAll(() => rm(cache, { recursive: true }));

describe.runIf(inject('node'))('node', () => {
  it('computes and lets the process end by itself, also two at once', async () => {
    const ended = await Promise.all([program(multiply('node')), program(multiply('node'))]);
    for (const line of ended) expect(line).toMatch(/^node 128 (libtensorflow \d.*|@tensorflow\/tfjs-node), 2 threads$/);
  });
});

describe.runIf(inject('nodeGpu'))('node-gpu', () => {
  it('computes on the processor where it finds no GPU, and says so in the one line it has', async () => {
    const withoutGpu = { CUDA_VISIBLE_DEVICES: '-1' };
    expect(await program(multiply('node-gpu'), withoutGpu)).toMatch(
      /^node-gpu 128 (libtensorflow \d.*|@tensorflow\/tfjs-node-gpu), 2 threads \(TensorFlow found no GPU it can use, so it computes on the CPU\)$/,
    );
  });
});

/** What `zoo setup node` has made on this machine, where it has. */
const installation = inject('node') ? readInstallation('node') : undefined;

const compiler = `#!/bin/sh
[ "$1" = --version ] && exit
while [ "$1" != -o ]; do shift; done
sleep 1
cp '${installation?.addon}' "$2"
`;

describe('an addon of ours', () => {
  for (const [flavour, present] of [
    ['node', inject('node')],
    ['node-gpu', inject('nodeGpu')],
  ] as const) {
    const built = present ? readInstallation(flavour) : undefined;
    // Elsewhere TensorFlow has nothing to announce.
    const announces = built?.machine === 'linux-x64';
    it.runIf(announces)(`of ${flavour} loads without a word, and speaks when asked to`, async () => {
      const load = (level: string) =>
        runProgram(process.execPath, ['-e', 'require(process.argv[1])', built?.addon ?? ''], {
          env: { ...process.env, TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: level },
        });
      expect(await load('3')).toEqual({ code: 0, out: '', err: '' });
      expect(await load('0')).toMatchObject({ code: 0, err: expect.stringContaining('oneDNN') });
    });
  }
});

describe.runIf(installation !== undefined)('zoo setup node', () => {
  let home = '';
  const setup = () =>
    startZoo(['setup', 'node', '--libtensorflow', installation?.libtensorflow ?? ''], {
      env: { ZOO_HOME: home, ZOO_CACHE: cache, CXX: path.join(home, 'compiler') },
    }).ended;

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'zoo-home-'));
    const native = path.dirname(installationFile('node'));
    await mkdir(path.join(home, 'native'));
    // Takes a moment, as a compiler does, and gives what one has made already.
    await writeFile(path.join(home, 'compiler'), compiler, { mode: 0o755 });
    // What npm gives: nothing is fetched here.
    for (const name of await readdir(native))
      if (/^(tfjs-node|node-api-headers)-[\d.]+$/.test(name))
        await cp(path.join(native, name), path.join(home, 'native', name), { recursive: true });
  });
  afterAll(() => rm(home, { recursive: true }));

  it('builds for two at once, and leaves one whole build', async () => {
    for (const { code, out, err } of await Promise.all([setup(), setup()])) {
      expect(code, err).toBe(0);
      expect(out).toMatch(/^node: ready, libtensorflow \S+, addon built here: \S+\n$/m);
    }
    const names = await readdir(path.join(home, 'native'));
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(names.filter((name) => /^node-\d/.test(name))).toHaveLength(1);
    expect((await setup()).out).toMatch(/^node: ready, /);
  });

  it('is not believed to be there when it was removed after its proof', async () => {
    const env = { ZOO_HOME: home, ZOO_CACHE: cache };
    const taken = "const { name, detail } = await useBackend('auto', { threads: 1 }); console.log(name, detail);";
    expect(await program(taken, env)).toMatch(/^node libtensorflow/);
    const proofs = () => readFile(path.join(cache, 'proved-backends.txt'), 'utf8');
    expect(await proofs()).toMatch(/^node; libtensorflow .*tfjs_binding\.node of /m);
    const native = path.join(home, 'native');
    const away = path.join(home, 'away');
    await rename(native, away);
    expect(await program(taken, env)).toMatch(/^(webgpu|wasm) /);
    // Back again, but with an addon that nobody has proved.
    await rename(away, native);
    const { addon } = JSON.parse(await readFile(path.join(native, path.basename(installationFile('node'))), 'utf8'));
    await cp(addon, `${addon}.copy`);
    await rename(`${addon}.copy`, addon);
    const before = (await proofs()).split('\n').length;
    expect(await program(taken, env)).toMatch(/^node libtensorflow/);
    expect((await proofs()).split('\n').length).toBe(before + 1);
    // And gone by the command, with nobody told.
    const removed = await startZoo(['setup', 'node', '--remove'], { env }).ended;
    expect(removed).toMatchObject({ code: 0, out: expect.stringMatching(/^node: removed /) });
    expect(await program(taken, env)).toMatch(/^(webgpu|wasm) /);
  });
});
