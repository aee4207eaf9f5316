import { deflateSync } from 'node:zlib';
import { bombsOf } from '../bomb.ts';
import { forgedZip, joined, list, little, repeated, zeros } from '../bytes.ts';

const npy = (header: string, data: Uint8Array = zeros(4), version = 1) =>
  joined(
    Uint8Array.of(0x93),
    'NUMPY',
    Uint8Array.of(version, 0),
    little(header.length, version === 1 ? 2 : 4),
    header,
    data,
  );
const array = (descr: string, shape: string) => `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;
const file = (header: string, data?: Uint8Array, version?: number) => ({ 'a.npy': npy(header, data, version) });
const objects = (...pickle: (Uint8Array | string)[]) =>
  file(array("'|O'", '()'), joined(Uint8Array.of(0x80, 2), ...pickle, '.'));

export const npyBombs = bombsOf('weights', {
  'npy: a billion numbers in 4 bytes': () => file(array("'<f4'", '(1000000000,)')),
  'npy: sizes beyond counting': () => file(array("'<f4'", `(${'99999999999, '.repeat(20)})`)),
  'npy: nothing times a lot': () => file(array("'<f4'", '(0, 99999999999999, 99999999999999)'), zeros(0)),
  'npy: 3,000 axes of 1': () => file(array("'<f4'", `(${'1, '.repeat(3000)})`)),
  'npy: a header of 4 GB': () => ({
    'a.npy': joined(Uint8Array.of(0x93), 'NUMPY', Uint8Array.of(2, 0), little(2 ** 32 - 1, 4), 'x'),
  }),
  'npy: a header of 5 MB of spaces': () =>
    file(`${array("'<f4'", '(1,)').slice(0, -1)}${' '.repeat(5e6)}\n`, zeros(4), 2),
  'npy: brackets 9,000 deep': () => file(array("'<f4'", `${'('.repeat(4500)}${')'.repeat(4500)}`)),
  'npy: a record of 500 fields': () =>
    file(array(`[${list(500, (i) => `('f${i}', '<f4')`).join(', ')}]`, '(1,)'), zeros(2000)),
  'npy: an element of a gigabyte': () => file(array("'|V1000000000'", '(1,)')),
  'npy: a text of a billion letters': () => file(array("'<U1000000000'", '(1,)')),
  'npy: 4,000 quotes': () => file(array("'<f4'", `(${"'\\".repeat(4000)})`)),
  'npy: backslashes, for slow patterns': () => file(`{'descr': '${'\\'.repeat(9000)}`),
  'npy: spaces, for slow patterns': () => file(`{${' '.repeat(9000)}`),
  'npy: commas, for slow patterns': () =>
    file(`{'descr': '<f4', 'fortran_order': False, 'shape': (${'1,'.repeat(4000)}`),
  'npy: a type with escapes': () => file(array("'\u001b[2J\u0007'", '(1,)')),
  'npy: objects, 3 million lists': () => objects('(', repeated(']', 3e6), 'l'),
  'npy: objects, nested 500,000 deep': () => objects(repeated(']', 5e5), repeated('a', 5e5 - 1)),
  'npy: objects that run': { ends: 'refused', files: () => objects('cos\nsystem\n(X\x04\x00\x00\x00truetR') },
  'npy: objects, an array of 2^31 numbers': () =>
    objects('cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR(K\x01(J\xff\xff\xff\x7ft'),
});

const good = npy(array("'<f4'", '(1,)'));
const member = (size: number) => npy(array("'<f4'", `(${size},)`), zeros(4 * size));
const npz = (...entries: Parameters<typeof forgedZip>[0]) => ({ 'a.npz': forgedZip(entries) });
export const npzBombs = bombsOf('weights', {
  'npz: 65,000 members': () => npz(...list(65_000, (i) => ({ name: `${i}.npy`, data: good }))),
  'npz: 10,000 deflated members': () => npz(...list(1e4, (i) => ({ name: `${i}.npy`, data: good, deflate: true }))),
  'npz: a member of 60 MB of zeros': () => npz({ name: 'a.npy', data: member(15e6), deflate: true }),
  'npz: a member of 150 MB of zeros': () => npz({ name: 'a.npy', data: member(375e5), deflate: true }),
  'npz: 40 members of 10 MB of zeros': () =>
    npz(...list(40, (i) => ({ name: `${i}.npy`, data: member(25e5), deflate: true }))),
  'npz: a header that unpacks to 60 MB': () =>
    npz({
      name: 'a.npy',
      data: npy(`${array("'<f4'", '(1,)').slice(0, -1)}${' '.repeat(6e7)}\n`, zeros(4), 2),
      deflate: true,
    }),
  'npz: members of one name': () => npz(...list(100, () => ({ name: 'a.npy', data: good }))),
  'npz: a zlib stream for a raw one': () =>
    npz({ name: 'a.npy', data: new Uint8Array(deflateSync(good)), method: 8, size: good.length }),
  'npz: an object array of 10 million lists': () =>
    npz({
      name: 'a.npy',
      data: joined(npy(array("'|O'", '()'), joined(Uint8Array.of(0x80, 2), '(')), repeated(']', 1e7), 'l.'),
      deflate: true,
    }),
});
