import { gzipSync } from 'node:zlib';
import { bombsOf } from '../bomb.ts';
import { big, forgedZip, joined, list, repeated, zeros } from '../bytes.ts';

const idx = (sizes: readonly number[], bytes: number, magic = 0x800 + sizes.length) => ({
  'a-idx3-ubyte': joined(big(magic, 4), ...sizes.map((size) => big(size, 4)), zeros(bytes)),
});
export const idxBombs = bombsOf('idx', {
  'idx: 2^32 pictures': () => idx([2 ** 32 - 1, 28, 28], 784),
  'idx: sizes beyond counting': () => idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], 784),
  'idx: 255 axes': () =>
    idx(
      list(255, () => 1),
      1,
      0x8ff,
    ),
  'idx: no axes': () => idx([], 4, 0x800),
  'idx: doubles': () => idx([1, 1, 1], 8, 0xe03),
  'idx: nothing times a lot': () => idx([0, 2 ** 32 - 1, 2 ** 32 - 1], 0),
  'idx: three bytes': () => ({ a: zeros(3) }),
});
export const cifarBombs = bombsOf('cifar', {
  'cifar: a byte too few': () => ({ 'a.bin': zeros(3072) }),
  'cifar: nothing': () => ({ 'a.bin': zeros(0) }),
  'cifar: 3,000 pictures of label 255': () => ({ 'a.bin': repeated(Uint8Array.of(255), 3073 * 3000) }),
});

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 9 }));
export const gzipBombs = bombsOf('gzip', {
  'gzip: 150 MB of zeros': () => ({ 'a.gz': gzip(zeros(15e7)) }),
  'gzip: 100,000 members': () => ({ 'a.gz': repeated(gzip(zeros(1)), 1e5) }),
  'gzip: 10,000 members of 100 kB': () => ({ 'a.gz': repeated(gzip(zeros(1e5)), 1e4) }),
  'gzip: gzip in gzip in gzip': () => ({ 'a.gz': gzip(gzip(gzip(zeros(2e7)))) }),
  'gzip: a name without an end': () => ({
    'a.gz': joined(Uint8Array.of(31, 139, 8, 8, 0, 0, 0, 0, 0, 3), repeated('n', 1e6)),
  }),
  'gzip: cut short': () => ({ 'a.gz': gzip(zeros(1e5)).subarray(0, 60) }),
  'gzip: a wrong checksum': () => ({ 'a.gz': joined(gzip(zeros(100)).subarray(0, -8), zeros(8)) }),
});

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
/** A header of a tar archive (POSIX ustar). */
export function tarHeader(name: string, size: number | string, type = '0', linked = ''): Uint8Array {
  const text = (value: string, width: number) =>
    joined(value.slice(0, width), zeros(Math.max(0, width - value.length)));
  const sum = (check: string) =>
    joined(
      text(name, 100),
      '0000644\0',
      '0000000\0',
      '0000000\0',
      typeof size === 'string' ? text(size, 12) : octal(size, 12),
      '00000000000\0',
      check,
      type,
      text(linked, 100),
      'ustar\x0000',
      zeros(247),
    );
  const total = sum(' '.repeat(8)).reduce((all, byte) => all + byte, 0);
  return sum(`${total.toString(8).padStart(6, '0')}\0 `).subarray(0, 512);
}
/** A file of a tar archive. */
export const tarEntry = (name: string, data: Uint8Array | string, type = '0', linked = '') => {
  const bytes = joined(data);
  return joined(tarHeader(name, bytes.length, type, linked), bytes, zeros((512 - (bytes.length % 512)) % 512));
};
const tar = (...entries: Uint8Array[]) => ({ 'a.tgz': gzip(joined(entries, zeros(1024))) });
const good = tarEntry('folder/a.bin', 'abc');

export const tarBombs = bombsOf('tar', {
  'tar: 200,000 empty files': () => tar(repeated(tarEntry('folder/b.bin', ''), 2e5), good),
  'tar: 100,000 wanted files of one name': () => tar(repeated(good, 1e5)),
  'tar: 200 wanted files of 500 kB': () => tar(repeated(tarEntry('folder/a.bin', zeros(5e5)), 200)),
  'tar: a file of 150 MB of zeros that nobody wants': () => tar(tarEntry('folder/b.bin', zeros(15e7)), good),
  'tar: a wanted file of 150 MB of zeros': () => tar(tarEntry('folder/a.bin', zeros(15e7))),
  'tar: says 8 GB, has nothing': () => tar(tarHeader('folder/a.bin', '77777777777')),
  'tar: a name of 50 MB (GNU)': () => tar(tarEntry('././@LongLink', repeated('n', 5e7), 'L'), good),
  'tar: extended headers of 100 MB (PAX)': () =>
    tar(tarEntry('PaxHeader', repeated('30 comment=aaaaaaaaaaaaaaaaaa\n', 3e6), 'x'), good),
  'tar: extended headers for slow readers': () => tar(tarEntry('PaxHeader', repeated('9', 1e6), 'x'), good),
  'tar: 20,000 global headers': () => tar(repeated(tarEntry('g', '14 size=77777\n', 'g'), 2e4), good),
  'tar: a size from an extended header': () => tar(tarEntry('PaxHeader', '22 size=99999999999999\n', 'x'), good),
  'tar: links to a parent': () =>
    tar(tarEntry('folder/a.bin', '', '2', '../../../etc/passwd'), tarEntry('folder/a.bin', '', '1', '/etc/passwd')),
  'tar: a device': () => tar(tarEntry('folder/a.bin', '', '3'), tarEntry('folder/a.bin', '', '6')),
  'tar: a negative size': () => tar(tarHeader('folder/a.bin', '-0000000001')),
  'tar: names with escapes': () => tar(tarEntry('\u001b[2J', 'x'), tarHeader('\u001b[2Jfolder', '77777777777')),
  'tar: not packed': () => ({ 'a.tgz': joined(good, zeros(1024)) }),
});

export const wheelBombs = bombsOf('wheel', {
  'wheel: 65,000 entries': () => ({ 'a.whl': forgedZip(list(65_000, (i) => ({ name: `${i}`, data: '' }))) }),
  'wheel: 5,000 wanted entries of one name': () => ({
    'a.whl': forgedZip(list(5000, () => ({ name: 'folder/a.bin', data: zeros(1e6), deflate: true }))),
  }),
  'wheel: a wanted entry of 150 MB': () => ({
    'a.whl': forgedZip([{ name: 'folder/a.bin', data: zeros(15e7), deflate: true, size: 1000 }]),
  }),
  'wheel: says nothing, has 150 MB': () => ({
    'a.whl': forgedZip([{ name: 'folder/a.bin', data: zeros(15e7), deflate: true, size: 0 }]),
  }),
  'wheel: an entry beyond the end': () => ({
    'a.whl': forgedZip([{ name: 'folder/a.bin', data: 'x', header: 2 ** 31 }]),
  }),
  'wheel: names with escapes': () => ({
    'a.whl': forgedZip([
      { name: 'folder/a.bin', data: 'x', method: 99 },
      { name: '\u001b[2J', data: '' },
    ]),
  }),
  'wheel: names of 65,000 letters': () => ({
    'a.whl': forgedZip(list(200, () => ({ name: 'n'.repeat(65_000), data: '' }))),
  }),
});
