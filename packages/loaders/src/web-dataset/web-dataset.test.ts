import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batches } from '../batches.ts';
import type { Dataset } from '../dataset.ts';
import { expandBraces } from './expand-braces.ts';
import { webDataset } from './web-dataset.ts';

const file = (name: string, body: Uint8Array | string): TarEntry => ({
  header: { name, size: Buffer.from(body).length, type: 'file' },
  body,
});

let folder = '';
let pictures: Uint8Array[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-shards-'));
  pictures = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((index) =>
      sharp({ create: { width: 20 + index, height: 24, channels: 3, background: { r: 40 * index, g: 10, b: 200 } } })
        .jpeg()
        .toBuffer(),
    ),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const picture = (index: number): Uint8Array => pictures[index] ?? new Uint8Array();

async function shard(name: string, entries: TarEntry[], change = (bytes: Uint8Array) => bytes): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, change(await packTar(entries)));
  return place;
}

const pair = (index: number, label: string): TarEntry[] => [
  file(`00${index}.jpg`, picture(index)),
  file(`00${index}.cls`, label),
];

const summary = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, index) => [dataset.nameOf?.(index), dataset.labelOf(index)]);

describe('webDataset', () => {
  it('has the pictures of all shards, by their names, with the classes beside them', async () => {
    await shard('train-000.tar', [...pair(0, '1'), ...pair(1, '0')]);
    await shard('train-001.tar', [file('sub/a.b/2.seg.txt', 'no picture'), ...pair(2, '1')]);
    const notices: string[] = [];
    const dataset = await webDataset(path.join(folder, 'train-{000..001}.tar'), {
      onNotice: (one) => notices.push(one),
    });
    expect(dataset.classes).toEqual(['0', '1']);
    expect(summary(dataset)).toEqual([
      ['train-000.tar/000.jpg', 1],
      ['train-000.tar/001.jpg', 0],
      ['train-001.tar/002.jpg', 1],
    ]);
    expect(notices).toEqual(['train-001.tar: 1 of its examples have no picture and are left out, such as sub/a.b/2.']);
    expect(await dataset.example(2)).toMatchObject({ width: 22, height: 24, channels: 3, label: 1 });
    expect(await dataset.hashOf?.(0)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads gzipped shards, Blobs, and classes of JSON and text, with the same batches from workers', async () => {
    const entries = [
      file('a.jpg', picture(0)),
      file('a.json', JSON.stringify({ width: 20, label: 'cat' })),
      file('b.jpg', picture(1)),
      file('b.txt', 'dog\n'),
    ];
    const plain = await shard('plain.tar', entries);
    const packed = await shard('packed.tar.gz', entries, (bytes) => gzipSync(bytes));
    const blob = new File([await packTar(entries)], 'blob.tar');
    const found: unknown[] = [];
    for (const one of [plain, packed, blob]) {
      const dataset = await webDataset(one);
      expect(dataset.classes).toEqual(['cat', 'dog']);
      for (const workers of [0, 2]) {
        const transforms = [{ kind: 'resize', height: 8, width: 8 } as const];
        const onNotice = (line: string) => expect.unreachable(line);
        for await (const batch of batches(dataset, { batchSize: 2, transforms, workers, onNotice })) found.push(batch);
      }
    }
    expect(found).toHaveLength(6);
    for (const one of found) expect(one).toEqual(found[0]);
  });

  it('reads long names, as pax and as GNU have them', async () => {
    const long = `${'deep/'.repeat(60)}picture`;
    const place = await shard('long.tar', [file(`${long}.jpg`, picture(0)), file(`${long}.cls`, '0')]);
    expect(summary(await webDataset(place))).toEqual([[`long.tar/${long}.jpg`, 0]]);
  });

  it('leaves out what macOS puts beside the files', async () => {
    const place = await shard('mac.tar', [
      ...[file('._000.jpg', 'junk'), ...pair(0, '0')],
      ...[file('sub/.DS_Store', 'junk'), file('sub/._1.jpg', 'junk')],
    ]);
    const onNotice = (line: string) => expect.unreachable(line);
    expect(summary(await webDataset(place, { onNotice }))).toEqual([['mac.tar/000.jpg', 0]]);
  });

  it('takes an archive without its end, and says that it may be cut short', async () => {
    const place = await shard('open.tar', pair(0, '0'), (bytes) => bytes.subarray(0, bytes.length - 1024));
    const notices: string[] = [];
    const onNotice = (line: string) => notices.push(line);
    expect(summary(await webDataset(place, { onNotice }))).toEqual([['open.tar/000.jpg', 0]]);
    expect(notices).toEqual([
      'open.tar: has no end behind its last file, 000.cls: others may be missing. If so, get it again.',
    ]);
  });

  it('says nothing of an end where there is no file before it', async () => {
    const place = await shard('folder.tar', [{ header: { name: 'a/', size: 0, type: 'directory' } }], (bytes) =>
      bytes.subarray(0, 512),
    );
    const onNotice = (line: string) => expect.unreachable(line);
    await expect(webDataset(place, { onNotice })).rejects.toThrow('shards: has no pictures.');
  });

  it('takes names for the numbers', async () => {
    const place = await shard('named.tar', [...pair(0, '1'), ...pair(1, '0')]);
    expect((await webDataset(place, { classes: ['cat', 'dog'] })).classes).toEqual(['cat', 'dog']);
    await expect(webDataset(place, { classes: ['cat'] })).rejects.toThrow(
      'class 1 is none of the 1 that are named: cat.',
    );
    expect((await webDataset(place, { numbered: ['hen', 'owl'] })).classes).toEqual(['hen', 'owl']);
    const own = await shard('own.tar', [...pair(0, 'dog'), ...pair(1, 'cat')]);
    expect((await webDataset(own, { numbered: ['hen', 'owl'] })).classes).toEqual(['cat', 'dog']);
  });

  it('refuses two pictures of the same name', async () => {
    const place = await shard('same.tar', pair(0, '0'));
    await expect(webDataset([place, place])).rejects.toThrow(
      'shards: two pictures are called same.tar/000.jpg. Rename one of their shards.',
    );
  });

  it.each<[string, () => TarEntry[], RegExp]>([
    [
      'no class',
      () => [file('a.jpg', picture(0))],
      /a\.jpg has no class, expected one of a\.cls, a\.json, a\.txt beside it/,
    ],
    ['a class that is none', () => [file('a.jpg', picture(0)), file('a.json', '{}')], /a\.json: names no class/],
    ['broken JSON', () => [file('a.jpg', picture(0)), file('a.json', '{')], /a\.json: is not JSON/],
    ['a file twice', () => [...pair(0, '0'), ...pair(0, '0')], /has 000\.jpg twice/],
    ['no pictures', () => [file('a.txt', 'cat')], /has no pictures/],
    ['numbers and names', () => [...pair(0, '0'), ...pair(1, 'cat')], /some pictures have a class by its number, 0/],
    ['a class far away', () => pair(0, '999999999'), /class 999999999 of only 1 pictures/],
    [
      'a label of megabytes',
      () => [file('a.jpg', picture(0)), file('a.txt', 'x'.repeat(70_000))],
      /a\.txt has 70000 bytes/,
    ],
  ])('refuses %s', async (_, entries, message) => {
    await expect(webDataset(await shard('bad.tar', entries()))).rejects.toThrow(message);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array, RegExp]>([
    ['is cut short', (bytes) => bytes.subarray(0, 700), /000\.jpg has \d+ bytes, but the archive only 188 more/],
    ['is empty', () => new Uint8Array(), /damaged\.tar: is empty, expected a tar archive\. It is cut short/],
    // The class of the only picture has one byte, its header is the last whole one.
    ['is cut short behind a file', (bytes) => bytes.subarray(0, bytes.length - 1024 - 100), /ends at byte \d+, within/],
    [
      'is cut short in a header',
      (bytes) => Buffer.concat([bytes.subarray(0, bytes.length - 1024), bytes.subarray(0, 200)]),
      /ends at byte \d+, within a header or the filling behind a file\. It is cut short, or damaged; get it again/,
    ],
    ['is no archive', (bytes) => bytes.fill(65), /byte 0: is no header of a tar archive/],
    ['lies about a size', (bytes) => lying(bytes), /000\.jpg has 8589934591 bytes, but the archive only/],
    [
      'is cut short in its gzip',
      (bytes) => gzipSync(bytes).subarray(0, 150),
      /cannot be inflated, it is cut short or damaged/,
    ],
    ['is a bomb', () => gzipSync(new Uint8Array(60 * 2 ** 20)), /becomes more than \d+ bytes of \d+/],
  ])('refuses an archive that %s', async (_, change, message) => {
    await expect(webDataset(await shard('damaged.tar', pair(0, '0'), change))).rejects.toThrow(message);
  });

  it('says which shard is missing, and which range is none', async () => {
    await expect(webDataset(path.join(folder, 'gone.tar'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(webDataset([])).rejects.toThrow('no shards, expected at least one');
    expect(() => expandBraces('a-{009..000}.tar')).toThrow('{009..000} is no range of shards');
    expect(expandBraces('a-{8..10}/{0..1}.tar')).toHaveLength(6);
  });
});

/** The first file is said to have eight gigabytes, in a header whose sum is right. */
function lying(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(Buffer.from('77777777777\0'), 124);
  copy.fill(0x20, 148, 156);
  const sum = copy.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  copy.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return copy;
}
