import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { startZoo } from '../testing/zoo.ts';

let folder = '';
let pictures = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-backends-'));
  pictures = await pictureFolder(path.join(folder, 'colours'), ['blue', 'green', 'red'], 14);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A training of two epochs by the command, with a cache of its own. */
function train(name: string, ...more: string[]) {
  const options = ['--data', pictures, '--epochs', '2', '--batch-size', '4', '--out', path.join(folder, name)];
  const env = { ZOO_CACHE: path.join(folder, 'cache') };
  return startZoo(['train', 'alexnet/cifar10-quick', '--width', '0.1', ...options, ...more], { env }).ended;
}

const record = (name: string) => readRunRecord(path.join(folder, name, 'run.json'));

const here = [
  ['wasm', 'WebAssembly SIMD, 2 threads', true],
  ['webgpu', '', inject('webgpu')],
  ['node', 'libtensorflow', inject('node')],
  ['node-gpu', 'libtensorflow', inject('nodeGpu')],
] as const;

describe('zoo train --backend', () => {
  for (const [backend, detail, present] of here)
    it.runIf(present)(`${backend} trains to the end, and says what computes`, async () => {
      const { code, err } = await train(backend, '--backend', backend, '--threads', '2', '--software');
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`${backend}: ${detail}`) });
      const { state, epochs, versions } = await record(backend);
      expect({ state, epochs: epochs.length }).toEqual({ state: 'finished', epochs: 2 });
      expect(versions.backend).toContain(`${backend} (`);
    });

  it('auto proves its backend for two at once, with one cache', async () => {
    const names = ['first', 'second'];
    const ended = await Promise.all(names.map((name) => train(name)));
    for (const [index, { code, err }] of ended.entries()) {
      expect(code, err).toBe(0);
      expect(await record(names[index] ?? '')).toMatchObject({ state: 'finished' });
    }
    expect(await readdir(path.join(folder, 'cache'))).toEqual(['proved-backends.txt']);
    const proofs = (await readFile(path.join(folder, 'cache', 'proved-backends.txt'), 'utf8')).trim().split('\n');
    for (const proof of proofs) expect(proof).toMatch(/^[\w-]+; .*; zoo \S+; tfjs 4\.22\.0; Node /);
  });

  it('says that there is no memory, and leaves nothing half-written', async () => {
    // The first layer's output takes 4.3 GB, of a heap of 4 GB.
    const size = ['--input-size', '896', '--width', '1', '--batch-size', '42', '--backend', 'wasm'];
    const { code, err } = await train('enormous', ...size);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^zoo: wasm: out of memory, .* Use a smaller batch or a smaller width, or the backend node\.$/m,
    );
    expect(await readdir(path.join(folder, 'enormous'))).toEqual(['filters-first.png', 'pictures.jsonl', 'run.json']);
    expect(await record('enormous')).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('out of memory'),
      epochs: [],
    });
  });
});
