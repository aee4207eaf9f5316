import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskError, writeFileAtomically } from './write-file-atomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zoo-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

describe('writeFileAtomically', () => {
  it.each([
    ['text', () => 'abc'],
    ['bytes', () => bytes('abc')],
    ['a list of pieces', () => [bytes('a'), bytes('bc')]],
    [
      'pieces that arrive over time',
      async function* () {
        yield bytes('ab');
        await Promise.resolve();
        yield bytes('c');
      },
    ],
  ])('writes %s, in folders that it makes', async (_what, content) => {
    const file = path.join(folder, 'a', 'b', 'file.txt');
    await writeFileAtomically(file, content());
    expect(await readFile(file, 'utf8')).toBe('abc');
    expect(await readdir(path.dirname(file))).toEqual(['file.txt']);
  });

  it('writes an empty file', async () => {
    await writeFileAtomically(path.join(folder, 'empty'), []);
    expect(await readFile(path.join(folder, 'empty'))).toHaveLength(0);
  });

  it.skipIf(process.platform === 'win32')('keeps links, and replaces what they stand for', async () => {
    const [real, link] = [path.join(folder, 'real'), path.join(folder, 'link')];
    await symlink('real', link);
    for (const content of ['new', 'newer']) {
      await writeFileAtomically(link, content);
      expect(await readFile(real, 'utf8')).toBe(content);
      expect(await readlink(link)).toBe('real');
    }
    expect((await readdir(folder)).sort()).toEqual(['link', 'real']);
  });

  it.skipIf(process.platform === 'win32')('writes into a pipe, which stays one', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [came] = await Promise.all([readFile(pipe, 'utf8'), writeFileAtomically(pipe, [bytes('a'), bytes('b')])]);
    expect(came).toBe('ab');
    expect((await stat(pipe)).isFIFO()).toBe(true);
  });

  it('shows readers the old file until the new one is complete', async () => {
    const file = path.join(folder, 'file.txt');
    await writeFile(file, 'old');
    await writeFileAtomically(
      file,
      (async function* () {
        yield bytes('new');
        expect(await readFile(file, 'utf8')).toBe('old');
        expect(await readdir(folder)).toHaveLength(2);
        yield bytes('er');
      })(),
    );
    expect(await readFile(file, 'utf8')).toBe('newer');
  });

  it('keeps the old file, and leaves nothing behind, when the content fails half-way', async () => {
    const file = path.join(folder, 'file.txt');
    await writeFile(file, 'old');
    const failure = new Error('the source broke off');
    const writing = writeFileAtomically(
      file,
      (async function* () {
        yield bytes('new');
        throw failure;
      })(),
    );
    await expect(writing).rejects.toBe(failure);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file.txt']);
  });

  it('ends two writers at once with the whole of one of them', async () => {
    const file = path.join(folder, 'file.txt');
    const texts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    await Promise.all(texts.map((text) => writeFileAtomically(file, text)));
    expect(texts).toContain(await readFile(file, 'utf8'));
    expect(await readdir(folder)).toEqual(['file.txt']);
  });

  it.each([
    ['a file stands where its folder should', ['taken', 'x.txt'], /a file stands where a folder is needed.*\(EEXIST\)/],
    ['a file stands further up', ['taken', 'b', 'x.txt'], /a part of the path is a file, not a folder.*\(ENOTDIR\)/],
    ['a folder stands in its place', ['full'], /it is a folder, not a file.*\(EISDIR\)/],
    ['its name is too long', ['n'.repeat(300)], /the name is too long.*\(ENAMETOOLONG\)/],
  ])('says so when %s', async (_what, parts, message) => {
    await writeFile(path.join(folder, 'taken'), 'a file');
    await mkdir(path.join(folder, 'full', 'inside'), { recursive: true });
    const file = path.join(folder, ...parts);
    const writing = writeFileAtomically(file, 'new');
    await expect(writing).rejects.toThrow(message);
    await expect(writing).rejects.toThrow(`${file}: cannot be written, `);
    await expect(writing).rejects.toMatchObject({ name: 'ZooError', code: 'disk' });
    expect((await readdir(folder)).sort()).toEqual(['full', 'taken']);
    expect(await readFile(path.join(folder, 'taken'), 'utf8')).toBe('a file');
    expect(await readdir(path.join(folder, 'full'))).toEqual(['inside']);
  });
});

/** A file system of 64 KiB at a folder, where this machine lets us have one. */
function mountSmallDisk(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it.each([
  ['EFBIG', 'the system allows no file of this size: raise that limit (ulimit -f), or choose another folder'],
  ['EDQUOT', 'the disk quota is used up: free some space, or choose another folder'],
])('names the file that %s kept from being written', (code, reason) => {
  const error = Object.assign(new Error(code), { code, syscall: 'write' });
  expect(diskError('checkpoint.safetensors', error)).toMatchObject({
    code: 'disk',
    message: `checkpoint.safetensors: cannot be written, ${reason} (${code}).`,
  });
});

describe('a full disk', () => {
  let disk = '';
  let mounted = false;
  beforeEach(async () => {
    disk = path.join(folder, 'disk');
    await mkdir(disk);
    mounted = mountSmallDisk(disk);
  });
  afterEach(() => {
    if (mounted) execFileSync('umount', [disk], { stdio: 'ignore' });
  });

  it('keeps the old file, leaves nothing behind, and is named', async () => {
    if (!mounted) {
      console.warn('This user may not mount a small disk: /dev/full stands for one, without an old file to keep.');
      const error: unknown = await writeFile('/dev/full', 'x').catch((failure: unknown) => failure);
      expect(diskError('run.json', error)).toMatchObject({
        code: 'disk',
        message: 'run.json: cannot be written, the disk is full: free some space, or choose another folder (ENOSPC).',
      });
      return;
    }
    const file = path.join(disk, 'file.bin');
    await writeFileAtomically(file, 'old');
    const piece = new Uint8Array(16_384);
    const writing = writeFileAtomically(file, [piece, piece, piece, piece, piece]);
    await expect(writing).rejects.toThrow(
      `${file}: cannot be written, the disk is full: free some space, or choose another folder (ENOSPC).`,
    );
    await expect(writing).rejects.toMatchObject({ name: 'ZooError', code: 'disk' });
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(disk)).toEqual(['file.bin']);
    await writeFileAtomically(file, [piece, piece]);
    expect(await readFile(file)).toHaveLength(32_768);
  });
});

describe('diskError', () => {
  it('leaves other errors as they are', () => {
    const bug = new TypeError('undefined is not a function');
    expect(diskError('a.txt', bug)).toBe(bug);
    const broken = Object.assign(new Error('input/output error'), { code: 'EIO' });
    expect(diskError('a.txt', broken)).toBe(broken);
    expect(diskError('a.txt', 'thrown text')).toBe('thrown text');
  });
});
