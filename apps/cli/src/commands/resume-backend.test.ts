import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
let run = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-resume-backend-'));
  run = path.join(folder, 'run');
  const pictures = await pictureFolder(path.join(folder, 'colours'), ['blue', 'red'], 6);
  const size = ['--width', '0.1', '--epochs', '1', '--batch-size', '4'];
  const { code } = await zoo('train', 'lenet/modern', '--data', pictures, ...size, '--backend', 'cpu', '--out', run);
  expect(code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const record = path.join('run', 'run.json');
const backendNow = async () => (await readRunRecord(path.join(folder, record))).versions.backend.split(' ')[0];

describe('zoo train --resume', () => {
  it('goes on on the backend of the run, where no other is asked for', async () => {
    expect((await zoo('train', '--resume', run, '--epochs', '2')).err).toMatch(/^cpu: /m);
    expect(await backendNow()).toBe('cpu');
    expect((await zoo('train', '--resume', run, '--epochs', '3', '--backend', 'wasm')).err).toMatch(/^wasm: /m);
    expect(await backendNow()).toBe('wasm');
  });

  it('takes another where that one does not work, and says so', async () => {
    const place = path.join(folder, record);
    const text = await readFile(place, 'utf8');
    await writeFile(place, text.replace(/"backend": "[^"]*"/, '"backend": "webgl (of a page)"'));
    const { code, err } = await zoo('train', '--resume', run, '--epochs', '4');
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(
        /The run was trained on webgl, which does not work here: webgl: [\s\S]* It goes on on another backend/,
      ),
    });
    expect(await backendNow()).not.toBe('webgl');
  });
});
