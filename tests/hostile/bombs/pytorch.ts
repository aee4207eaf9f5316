import { deflateRawSync } from 'node:zlib';
import { bombsOf, type Files } from '../bomb.ts';
import { type ForgedEntry, forgedZip, joined, list, little, type Piece, repeated, zeros } from '../bytes.ts';

const proto = Uint8Array.of(0x80, 2);
const text = (value: string) => joined('X', little(Buffer.byteLength(value), 4), value);
const int = (value: number) => joined('J', little(value, 4));
const tuple = (...values: Piece[]) => joined('(', values, 't');
const global = (module: string, name: string) => `c${module}\n${name}\n`;
const put = (place: number) => joined('r', little(place, 4));
const get = (place: number) => joined('j', little(place, 4));

const storage = (key: string, count: number, type = 'FloatStorage') =>
  joined(tuple(text('storage'), global('torch', type), text(key), text('cpu'), int(count)), 'Q');
const tensor = (shape: Piece, strides: Piece, count = 4, key = '0') =>
  joined(
    global('torch._utils', '_rebuild_tensor_v2'),
    '(',
    storage(key, count),
    int(0),
    shape,
    strides,
    Uint8Array.of(0x89),
    '}tR',
  );
const ints = (...values: (number | readonly number[])[]) => tuple(values.flat().map(int));
const one = tensor(ints(4), ints(1));
const dict = (...items: Piece[]) => joined('}(', items, 'u');
const pickle = (...pieces: Piece[]) => joined(proto, pieces, '.');

/** A checkpoint in zip; the pickle is deflated where its size is the bomb. */
const pth = (program: Uint8Array, more: readonly ForgedEntry[] = [], deflate = false): Files => ({
  'a.pth': forgedZip([
    { name: 'a/data.pkl', data: program, deflate },
    { name: 'a/byteorder', data: 'little' },
    { name: 'a/data/0', data: zeros(16) },
    ...more,
  ]),
});
const packed = (program: Uint8Array) => pth(program, [], true);
const good = pickle(dict(text('x'), one));
const nested = (open: string, close: string, depth: number) => joined(repeated(open, depth), repeated(close, depth));

export const pickleBombs = bombsOf('weights', {
  'pickle: 8 million empty dictionaries, deflated': () => packed(pickle('(', repeated('}', 8e6), 'l')),
  'pickle: 8 million empty lists, deflated': () => packed(pickle('(', repeated(']', 8e6), 'l')),
  'pickle: 8 million empty tuples': () => packed(pickle('(', repeated(')', 8e6), 't')),
  'pickle: 4 million sets': () => packed(pickle(Uint8Array.of(0x80, 4), '(', repeated(Uint8Array.of(0x8f), 4e6), 'l')),
  'pickle: 5 million marks': () => packed(pickle(repeated('(', 5e6))),
  'pickle: 5 million numbers': () => packed(pickle('(', repeated('K\x01', 5e6), 'l')),
  'pickle: 2 million texts': () => packed(pickle('(', repeated(text('ab'), 2e6), 'l')),
  'pickle: a million big numbers': () =>
    packed(pickle('(', repeated(joined(Uint8Array.of(0x8a, 8), zeros(7), Uint8Array.of(1)), 1e6), 'l')),
  'pickle: a number of 16 MB': () =>
    packed(pickle(Uint8Array.of(0x8b), little(16e6, 4), repeated(Uint8Array.of(0x7f), 16e6))),
  'pickle: 100,000 extensions of one remembered list': () =>
    pth(pickle(']', put(0), '0', repeated(joined(get(0), '(K\x01K\x02e0'), 1e5), get(0))),
  'pickle: a remembered tuple copied 100,000 times': () =>
    pth(pickle('(', repeated('K\x01', 1e4), 't', put(0), '(', repeated(get(0), 1e5), 'l')),
  'pickle: a remembered list doubled 40 times': () =>
    pth(
      pickle(
        ']',
        put(0),
        'K\x01a',
        list(40, () => joined('(', get(0), get(0), 'e')),
      ),
    ),
  'pickle: ordered dictionaries built of one list': () =>
    pth(
      pickle(
        '(',
        repeated('(K\x01K\x02t', 3e3),
        'l',
        put(0),
        '0(',
        repeated(joined(global('collections', 'OrderedDict'), '(', get(0), 'tR'), 3e3),
        'l',
      ),
    ),
  'pickle: remembers at 2^31': () =>
    pth(
      pickle(
        '}',
        put(2 ** 31 - 1),
        list(1e4, (i) => put(2 ** 31 - 2 - i)),
      ),
    ),
  'pickle: a million places remembered': () =>
    packed(
      pickle(
        '}',
        list(1e6, (i) => put(i)),
      ),
    ),
  'pickle: recalls one text two million times': () =>
    packed(pickle(text('abcdefgh'), put(0), '(', repeated(get(0), 2e6), 'l')),
  'pickle: tuples 3 million deep': () => packed(pickle(')', repeated(Uint8Array.of(0x85), 3e6))),
  'pickle: lists 200,000 deep': () => pth(pickle(nested(']', 'a', 2e5))),
  'pickle: dictionaries 100,000 deep': () =>
    pth(pickle(repeated(joined('}', text('a')), 1e5), '}', repeated('s', 1e5))),
  'pickle: a dictionary in itself': () => pth(pickle('}', put(0), text('a'), get(0), 's', text('b'), get(0), 's')),
  'pickle: a list in itself as keys': () => pth(pickle('}', put(0), ']', put(1), get(1), 'a', get(0), 's')),
  'pickle: a text of 2^62 bytes': () => pth(pickle(Uint8Array.of(0x8d), little(2n ** 62n, 8), 'a')),
  'pickle: a frame of 2^63 bytes': () => pth(pickle(Uint8Array.of(0x80, 4, 0x95), little(2n ** 63n - 1n, 8), '}')),
  'pickle: 300,000 names of globals': () => packed(pickle('(', repeated(global('torch', 'FloatStorage'), 3e5), 'l')),
  'pickle: 30,000 storages': () => packed(pickle('(', repeated(storage('0', 4), 3e4), 'l')),
  'pickle: a global of a long name': () => pth(pickle(global('a'.repeat(1e6), 'b'.repeat(1e6)))),
  'pickle: a global with escapes': () => pth(pickle(global('\u001b[2Jos', '\u001b]0;x\u0007system'))),
  'pickle: keys with escapes': () => pth(pickle(dict(text('\u001b[2J\u0007'), tensor(ints(9), ints(1))))),
  'pickle: runs os.system': {
    ends: 'refused',
    files: () => pth(pickle(global('os', 'system'), tuple(text('true')), 'R')),
  },
  'pickle: pops what is not there': () => pth(pickle(repeated('0', 1e5))),
  'pickle: duplicates the top 5 million times': () => packed(pickle('}', repeated('2', 5e6))),
});

export const pytorchBombs = bombsOf('weights', {
  'pth: 20,000 tensors of one storage': () => packed(pickle(dict(list(2e4, (i) => joined(text(`t${i}`), one))))),
  'pth: 20,000 networks beside one another': () =>
    packed(pickle(dict(list(2e4, (i) => joined(text(`t${i}`), dict(text('x'), one)))))),
  'pth: a tensor of a billion by strides of 0': () => pth(pickle(dict(text('x'), tensor(ints(1e9), ints(0))))),
  'pth: sizes beyond counting': () =>
    pth(pickle(dict(text('x'), tensor(ints(list(16, () => 2 ** 30)), ints(list(16, () => 0)))))),
  'pth: a shape of 100,000 axes': () =>
    pth(pickle(dict(text('x'), tensor(ints(list(1e5, () => 1)), ints(list(1e5, () => 1)))))),
  'pth: a storage of 2^31': () => pth(pickle(dict(text('x'), tensor(ints(4), ints(1), 2 ** 31 - 1)))),
  'pth: 4 times expanded, 64 MB': () => pth(pickle(dict(text('x'), tensor(ints(4096, 4096), ints(0, 0))))),
  'pth: storages of zeros, a thousandfold': () =>
    pth(pickle(dict(text('x'), tensor(ints(1e7), ints(1), 1e7, '1'))), [
      { name: 'a/data/1', data: zeros(4e7), deflate: true },
    ]),
  'pth: a storage that says a gigabyte': () =>
    pth(pickle(dict(text('x'), tensor(ints(1), ints(1), 2 ** 28, '1'))), [
      { name: 'a/data/1', data: zeros(1e6), deflate: true, size: 2 ** 30 },
    ]),
  'pth: a pickle that unpacks to more than it says': () => ({
    'a.pth': forgedZip([{ name: 'a/data.pkl', data: repeated('}', 3e7), deflate: true, size: 1000 }]),
  }),
  'pth: a pickle that says 150 MB': () => ({
    'a.pth': forgedZip([{ name: 'a/data.pkl', data: repeated('}', 15e7), deflate: true }]),
  }),
  'pth: texts of TorchScript inflated': () =>
    pth(
      good,
      list(20, (i) => ({ name: `a/extra/t${i}`, data: zeros(5e6), deflate: true })),
    ),
  'pth: a byte order of 20 MB': () => ({
    'a.pth': forgedZip([
      { name: 'a/data.pkl', data: good },
      { name: 'a/byteorder', data: zeros(2e7), deflate: true },
      { name: 'a/data/0', data: zeros(16) },
    ]),
  }),
  'pth: 30 storages of 8 MB of zeros': () =>
    pth(
      pickle(dict(list(30, (i) => joined(text(`t${i}`), tensor(ints(2e6), ints(1), 2e6, `s${i}`))))),
      list(30, (i) => ({ name: `a/data/s${i}`, data: zeros(8e6), deflate: true })),
    ),
  'pth: 100,000 networks of nothing': () => packed(pickle(dict(list(1e5, (i) => joined(text(`t${i}`), '}'))))),
  'pth: names net.net... of 60,000 letters': () =>
    pth(pickle(dict(list(20, (i) => joined(text(`${'net.'.repeat(15_000)}w${i}`), one))))),
  'pth: quantised with 1 scale a number': () =>
    pth(
      pickle(
        dict(
          text('x'),
          joined(
            global('torch._utils', '_rebuild_qtensor'),
            '(',
            storage('0', 16, 'QInt8Storage'),
            int(0),
            ints(1e6),
            ints(0),
            tuple(global('torch', 'per_tensor_affine'), 'G', zeros(8), int(0)),
            Uint8Array.of(0x89),
            '}tR',
          ),
        ),
      ),
    ),
  'legacy: a storage of 2^62 numbers': () => ({
    'a.pth': legacy(pickle(dict(text('x'), one)), pickle(']', text('0'), 'a'), joined(little(2n ** 62n, 8), zeros(16))),
  }),
  'legacy: 200,000 keys of storages': () => ({
    'a.pth': legacy(pickle(dict(text('x'), one)), pickle('](', repeated(text('0'), 2e5), 'e'), zeros(24)),
  }),
  'legacy: a pickle without an end': () => ({ 'a.pth': joined(legacyHead, proto, repeated('}', 2e6)) }),
  'legacy: 500,000 dictionaries': () => ({
    'a.pth': legacy(pickle('(', repeated('}', 5e5), 'l'), pickle(']'), zeros(0)),
  }),
  'legacy: 20,000 storages of nothing': () => ({
    'a.pth': legacy(
      pickle(dict(list(2e4, (i) => joined(text(`t${i}`), tensor(ints(0), ints(1), 0, `s${i}`))))),
      pickle(
        '](',
        list(2e4, (i) => text(`s${i}`)),
        'e',
      ),
      zeros(16e4),
    ),
  }),
  'tar: a checkpoint of 2003 that says 8 GB': () => ({ 'a.pth.tar': tarOf('data.pkl', good, '77777777777') }),
  'tar: a name of nothing but zeros': () => ({ 'a.pth.tar': tarOf('', good, '1') }),
  'tar: sizes in base 256, negative': () => ({
    'a.pth.tar': tarOf('data.pkl', good, Uint8Array.of(0xff, ...list(11, () => 0xff))),
  }),
});

const legacyHead = joined(
  proto,
  Uint8Array.of(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19),
  '.',
  proto,
  'M',
  little(1001, 2),
  '.',
  pickle(dict(text('little_endian'), Uint8Array.of(0x88))),
);
const legacy = (states: Uint8Array, keys: Uint8Array, rest: Uint8Array) => joined(legacyHead, states, keys, rest);
function tarOf(name: string, data: Uint8Array, size: Piece): Uint8Array {
  const head = joined(
    name,
    zeros(100 - name.length),
    zeros(24),
    size,
    zeros(12 - Math.min(12, size.length)),
    zeros(20),
    '0',
    zeros(100),
    'ustar\x0000',
  );
  return joined(head, zeros(512 - head.length), data, zeros(2048));
}

const entries = (count: number, one: (index: number) => ForgedEntry) => [
  { name: 'a/data.pkl', data: good },
  ...list(count, one),
];
export const zipBombs = bombsOf('weights', {
  'zip: 65,000 entries': () => ({ 'a.pth': forgedZip(entries(65_000, (i) => ({ name: `a/data/${i}`, data: '' }))) }),
  'zip: 20,000 names of 1,000 letters': () => ({
    'a.pth': forgedZip(entries(20_000, (i) => ({ name: `a/${'x'.repeat(1000)}${i}`, data: '' }))),
  }),
  'zip: a name of 65,000 letters, 100 times': () => ({
    'a.pth': forgedZip(entries(100, (i) => ({ name: `a/${'x'.repeat(65_000)}${i}`, data: '' }))),
  }),
  'zip: extra fields of 65,000 bytes': () => ({
    'a.pth': forgedZip(entries(100, (i) => ({ name: `a/${i}`, data: '', extra: 65_000 }))),
  }),
  'zip: a comment of 65,535 bytes': () => ({
    'a.pth': forgedZip(
      entries(1, () => ({ name: 'a/data/0', data: zeros(16) })),
      { comment: 65_535 },
    ),
  }),
  'zip: 16,000 ends of directories': () => ({
    'a.pth': joined(
      forgedZip(entries(1, () => ({ name: 'a/data/0', data: zeros(16) }))),
      repeated('PK\x05\x06', 16_000),
    ),
  }),
  'zip: says 65,534 entries, has 2': () => ({
    'a.pth': forgedZip(
      entries(1, () => ({ name: 'a/data/0', data: zeros(16) })),
      { count: 65_534 },
    ),
  }),
  'zip: entries that share their bytes': () => ({
    'a.pth': forgedZip([
      { name: 'a/data.pkl', data: good },
      { name: 'k', data: zeros(1e6), deflate: true },
      ...list(250, (i) => ({ name: `a/data/${i}`, data: '', header: 100, size: 1e6, packed: 1000, method: 8 })),
    ]),
  }),
  'zip: an entry over its own directory': () => ({
    'a.pth': forgedZip([{ name: 'a/data.pkl', data: good, packed: 1e6, size: 1e6 }]),
  }),
  'zip: an archive in itself': () => ({
    'a.pth': forgedZip([{ name: 'a/data.pkl', data: forgedZip([{ name: 'a/data.pkl', data: good }]) }]),
  }),
  'zip: quine-like offsets': () => ({
    'a.pth': forgedZip(entries(10, (i) => ({ name: `a/data/${i}`, data: 'PK\x03\x04'.repeat(10), header: 0 }))),
  }),
  'zip: names with escapes': () => ({
    'a.pth': forgedZip([
      { name: 'a/data.pkl', data: good },
      { name: 'a/\u001b[2J/../x', data: '' },
    ]),
  }),
  'zip: only PK': () => ({ 'a.pth': joined('PK\x03\x04', zeros(100_000)) }),
  'zip: deflate that never ends': () => ({
    'a.pth': forgedZip([
      { name: 'a/data.pkl', data: deflateRawSync(zeros(3e7)).subarray(0, -20), size: 3e7, method: 8 },
    ]),
  }),
  'zip: a deflated entry of empty blocks': () => ({
    'a.pth': forgedZip([
      { name: 'a/data.pkl', data: repeated(Uint8Array.of(0, 0, 0, 0xff, 0xff), 1e6), size: 1e5, method: 8 },
    ]),
  }),
});
