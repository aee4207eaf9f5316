import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { startZoo, zoo } from '../testing/zoo.ts';

let folder = '';
let data = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
beforeEach(async ({ onTestFinished }) => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-signals-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  data = await pictureFolder(inFolder('colours'), ['blue', 'red'], 24);
});

const small = ['alexnet/cifar10-quick', '--width', '0.1', '--batch-size', '4', '--threads', '1', '--json'];
/** Too many epochs to come to its end. */
const endless = (run: string) => ['train', ...small, '--data', data, '--out', run, '--epochs', '60000'];
const record = (run: string) => readRunRecord(path.join(run, 'run.json'));

describe('training', () => {
  it('saves what it has when it is asked to end, and says which way', async () => {
    for (const [signal, expected] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const run = inFolder(signal);
      const { child, hasPrinted, ended } = startZoo(endless(run));
      await hasPrinted('"type":"checkpoint"');
      child.kill(signal);
      const { code, err } = await ended;
      expect([code, (await record(run)).state]).toEqual([expected, 'interrupted']);
      expect(err).toContain(`stopped, checkpoint saved. Resume with: npx zoo train --resume ${run}`);
      expect((await readdir(run)).filter((name) => name.startsWith('.'))).toEqual([]);
    }
  });

  it('ends on the second Ctrl-C in the middle of a step of minutes', async () => {
    const run = inFolder('long-step');
    const network = ['alexnet/torchvision', '--backend', 'cpu', '--batch-size', '40', '--recipe', 'preset'];
    const { child, hasPrinted, ended } = startZoo(['train', ...network, '--data', data, '--out', run]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await hasPrinted('Run folder');
    await wait(1000);
    child.kill('SIGINT');
    await wait(1000);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(existsSync(path.join(run, 'checkpoint.safetensors'))).toBe(false);
  });

  it('saves what it has where its output finds no room, and fails', async () => {
    if (!existsSync('/dev/full')) {
      console.warn('Not tried: this system has no /dev/full.');
      return;
    }
    const run = inFolder('full-output');
    const full = await open('/dev/full', 'w');
    const bin = fileURLToPath(new URL('../../bin/zoo.js', import.meta.url));
    const child = spawn(process.execPath, [bin, ...endless(run)], { stdio: ['ignore', full.fd, 'pipe'] });
    let err = '';
    child.stderr?.on('data', (piece) => {
      err += String(piece);
    });
    const [code] = await once(child, 'close');
    await full.close();
    expect([code, err]).toEqual([1, expect.stringContaining('the output cannot be written, ENOSPC')]);
    expect(err).toContain('saving a checkpoint');
    expect((await record(run)).state).toBe('interrupted');
    expect((await zoo('train', '--resume', run, '--max-minutes', '0.01', '--threads', '1')).code).toBe(0);
  });
});

describe('what comes before training', () => {
  let server: Server;
  let address = '';
  let hasAsked = Promise.resolve<unknown>(undefined);
  const answers = { never: true };
  beforeEach(() => {
    answers.never = true;
  });
  beforeAll(async () => {
    server = createServer((_, response) => {
      if (!answers.never) response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const place = server.address();
    address = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}/weights.safetensors`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const waiting = (run: string) => {
    hasAsked = once(server, 'request');
    return startZoo(['train', ...small, '--data', data, '--weights', address, '--out', run], {
      env: { ZOO_CACHE: inFolder('cache') },
    });
  };

  it('stops at once, a download too, and leaves nothing behind', async () => {
    const run = inFolder('stopped');
    const { child, ended } = waiting(run);
    await hasAsked;
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect([code, existsSync(run)]).toEqual([130, false]);
    expect(err).toContain('Stopping ...');
    expect((await readdir(inFolder('cache'), { recursive: true })).filter((name) => name.endsWith('.part'))).toEqual(
      [],
    );
  });

  it('may be killed: --resume begins then what was typed', async () => {
    const run = inFolder('unbegun');
    const { child, ended } = waiting(run);
    await hasAsked;
    expect(await zoo('train', ...small, '--data', data, '--out', run)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`${run}: process ${child.pid} has been training it since `),
    });
    child.kill('SIGKILL');
    await ended;
    answers.never = false;
    const again = await zoo('train', '--resume', run);
    expect(again).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        `${run}: was stopped before it had started, so it starts now: npx zoo train alexnet/`,
      ),
    });
    expect(again.err).toContain('answered 404');
    expect((await zoo('train', ...small, '--data', data, '--out', run, '--epochs', '1')).code).toBe(0);
    expect((await readdir(run)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
