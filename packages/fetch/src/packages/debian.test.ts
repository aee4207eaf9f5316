import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { serve } from '@zoo/testing/serve';
import { describe, expect, it, vi } from 'vitest';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { packed } from '../testing/packed.ts';

import { aptDownload, installedFiles } from './debian.ts';
import type { FileSet } from './file-set.ts';
import { obtainFiles } from './obtain-files.ts';
import { gzipFiles } from './official.ts';
import type { Source } from './source.ts';

const content = Buffer.from('a data set of one file');
const gz = gzipSync(content);
const set = (...sources: Source[]): FileSet => {
  const { bytes, sha256 } = packed(content);
  return {
    title: 'One',
    folder: 'one',
    home: 'https://example.org',
    files: [{ name: 'file', bytes, sha256 }],
    sources,
  };
};

/** A folder whose programs are the only ones there are. */
async function programs(scripts: Record<string, string>): Promise<void> {
  const folder = await temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(folder, name), 0o755);
  }
  await npmUser('');
  vi.stubEnv('PATH', folder);
}

describe('Debian packages', () => {
  it('are read where they are installed', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'file.gz'), gz);
    const files = await obtainFiles(set(installedFiles('a-package', folder)), { cache: path.join(folder, 'cache') });
    expect(files.get('file')).toEqual(content);
    const elsewhere = path.join(folder, 'none');
    await expect(obtainFiles(set(installedFiles('a-package', elsewhere)), { cache: elsewhere })).rejects.toThrow(
      `Debian package a-package, installed: not installed (no ${path.join(elsewhere, 'file.gz')})`,
    );
  });

  it('are fetched and unpacked without being installed', async () => {
    const cache = await temporaryFolder();
    const [fetched, apt] = [path.join(cache, 'made.gz'), aptDownload('a-package', 'usr/share/a', 1000)];
    await writeFile(fetched, gz);
    // Stand-ins that leave behind what the real ones leave.
    await programs({
      'apt-get': 'while [ "$1" != download ]; do shift; done; echo "$2" > "$2_1_all.deb"',
      'dpkg-deb': `/bin/mkdir -p "$3/usr/share/a" && /bin/cp ${fetched} "$3/usr/share/a/file.gz"`,
    });
    const files = await obtainFiles(set(apt), { cache });
    expect(files.get('file')).toEqual(content);
    expect(await readdir(path.join(cache, 'one'))).toEqual(['file']);
  });

  it('say why they cannot be fetched', async () => {
    const cache = await temporaryFolder();
    const apt = aptDownload('a-package', 'usr/share/a', 1000);
    await programs({});
    await expect(obtainFiles(set(apt), { cache })).rejects.toThrow(
      'Debian package a-package, by apt-get: this machine has no apt-get)',
    );
    await programs({ 'apt-get': 'echo "E: Unable to locate package a-package" >&2; echo "W: as root" >&2; exit 100' });
    await expect(obtainFiles(set(apt), { cache })).rejects.toThrow(
      'apt-get failed (E: Unable to locate package a-package)',
    );
    await programs({ 'apt-get': 'exit 0' });
    await expect(obtainFiles(set(apt), { cache })).rejects.toThrow('apt-get left no a-package package');
  });

  it('stop when they are interrupted', async () => {
    const cache = await temporaryFolder();
    await programs({ 'apt-get': 'exec /bin/sleep 60' });
    const failure = obtainFiles(set(aptDownload('a-package', 'usr', 1000)), {
      cache,
      signal: AbortSignal.timeout(300),
    });
    await expect(failure).rejects.toMatchObject({ code: 'interrupted' });
    expect(await readdir(path.join(cache, 'one'))).toEqual([]);
  });
});

describe('gzipped files', () => {
  it('are unpacked, checked by the hash of what was packed', async () => {
    await npmUser('');
    const cache = await temporaryFolder();
    const md5 = createHash('md5').update(gz).digest('hex');
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(gz);
    });
    const wrong = gzipFiles(`${url}folder/`, [
      { file: 'file', bytes: gz.length, md5: md5.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
    ]);
    await expect(obtainFiles(set(wrong), { cache })).rejects.toThrow(
      new RegExp(`refused: ${gz.length} bytes as expected, but its hash is md5-\\S+, expected md5-`),
    );
    const right = gzipFiles(`${url}folder/`, [{ file: 'file', bytes: gz.length, md5 }]);
    expect((await obtainFiles(set(right), { cache })).get('file')).toEqual(content);
    expect(new Set(asked)).toEqual(new Set(['/folder/file.gz']));
  });

  it('may not unpack to more than the file has', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'cache'));
    await writeFile(path.join(folder, 'file.gz'), gzipSync(Buffer.alloc(10_000_000)));
    await expect(
      obtainFiles(set(installedFiles('bomb', folder)), { cache: path.join(folder, 'cache') }),
    ).rejects.toThrow('it does not unpack to 22 bytes at most (Cannot create a Buffer larger than 22 bytes)');
    await writeFile(path.join(folder, 'file.gz'), gz.subarray(0, 30));
    await expect(
      obtainFiles(set(installedFiles('cut', folder)), { cache: path.join(folder, 'cache') }),
    ).rejects.toThrow('it does not unpack to 22 bytes at most (unexpected end of file)');
  });
});
