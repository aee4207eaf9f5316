import { deflateSync } from 'node:zlib';
import { bombsOf } from '../bomb.ts';
import { forgedZip, joined, list, little, type Piece, repeated, zeros } from '../bytes.ts';

interface Message {
  type: number;
  content: Uint8Array;
  flags?: number;
}

/** A file of HDF5 that grows: places pieces, knows their addresses, and puts the superblock before them. */
function hdf5() {
  const pieces: Uint8Array[] = [];
  let at = 48;
  const place = (...parts: Piece[]): number => {
    const bytes = joined(parts);
    const padded = joined(bytes, zeros((8 - (bytes.length % 8)) % 8));
    pieces.push(padded);
    at += padded.length;
    return at - padded.length;
  };
  return {
    place,
    next: () => at,
    header(messages: readonly Message[], size?: number): number {
      const body = joined(
        messages.map(({ type, content, flags = 0 }) =>
          joined(little(type, 2), little(content.length, 2), Uint8Array.of(flags, 0, 0, 0), content),
        ),
      );
      return place(
        Uint8Array.of(1, 0),
        little(messages.length, 2),
        little(1, 4),
        little(size ?? body.length, 4),
        zeros(4),
        body,
      );
    },
    finish: (root: number): Uint8Array =>
      joined(
        Uint8Array.of(0x89),
        'HDF\r\n',
        Uint8Array.of(0x1a),
        '\n',
        Uint8Array.of(2, 8, 8, 0),
        little(0, 8),
        little(-1, 8),
        little(at, 8),
        little(root, 8),
        zeros(4),
        pieces,
      ),
  };
}
type File = ReturnType<typeof hdf5>;

const link = (name: string, address: number): Message => ({
  type: 6,
  content: joined(Uint8Array.of(1, 1), little(Buffer.byteLength(name), 2), name, little(address, 8)),
});
const space = (...sizes: (number | bigint)[]): Message => ({
  type: 1,
  content: joined(Uint8Array.of(2, sizes.length, 0, 1), ...sizes.map((size) => little(size, 8))),
});
const float: Message = {
  type: 3,
  content: joined(
    Uint8Array.of(0x11, 0x20, 31, 0),
    little(4, 4),
    little(0, 2),
    little(32, 2),
    Uint8Array.of(23, 8, 0, 23),
    little(127, 4),
  ),
};
const contiguous = (address: number | bigint, size: number | bigint): Message => ({
  type: 8,
  content: joined(Uint8Array.of(3, 1), little(address, 8), little(size, 8)),
});
const compact = (data: Uint8Array): Message => ({
  type: 8,
  content: joined(Uint8Array.of(3, 0), little(data.length, 2), data),
});
const chunked = (tree: number, sides: readonly number[]): Message => ({
  type: 8,
  content: joined(
    Uint8Array.of(3, 2, sides.length + 1),
    little(tree, 8),
    ...sides.map((side) => little(side, 4)),
    little(4, 4),
  ),
});
const filters = (...ids: number[]): Message => ({
  type: 11,
  content: joined(Uint8Array.of(2, ids.length), ...ids.map((id) => joined(little(id, 2), zeros(2), little(0, 2)))),
});
const attribute = (name: string, text: string): Message => ({
  type: 12,
  content: joined(
    Uint8Array.of(3, 0),
    little(name.length + 1, 2),
    little(8, 2),
    little(4, 2),
    Uint8Array.of(0),
    name,
    Uint8Array.of(0),
    Uint8Array.of(0x13, 0, 0, 0),
    little(text.length, 4),
    Uint8Array.of(2, 0, 0, 0),
    text,
  ),
});
const tree = (file: File, kind: number, level: number, entries: readonly Uint8Array[], count = entries.length) =>
  file.place('TREE', Uint8Array.of(kind, level), little(count, 2), repeated(Uint8Array.of(255), 16), entries, zeros(8));
const chunk = (stored: number, corner: readonly number[], address: number) =>
  joined(little(stored, 4), little(0, 4), ...corner.map((place) => little(place, 8)), little(0, 8), little(address, 8));
const small = (file: File) => file.header([space(1), float, compact(zeros(4))]);

const made = (build: (file: File) => number) => () => {
  const file = hdf5();
  return { 'a.h5': file.finish(build(file)) };
};
/** A group whose names lie in a heap; `names` are places in it. */
function symbols(file: File, heap: Uint8Array, names: readonly number[], address: number): Message {
  const texts = file.place(heap);
  const heapAt = file.place('HEAP', zeros(4), little(heap.length, 8), little(0, 8), little(texts, 8));
  const node = (some: readonly number[]) =>
    file.place(
      'SNOD',
      Uint8Array.of(1, 0),
      little(some.length, 2),
      ...some.map((name) => joined(little(name, 8), little(address, 8), zeros(24))),
    );
  const parts = list(Math.ceil(names.length / 1000), (part) => names.slice(part * 1000, part * 1000 + 1000));
  const root = tree(
    file,
    0,
    0,
    parts.map((part) => joined(little(0, 8), little(node(part), 8))),
  );
  return { type: 0x11, content: joined(little(root, 8), little(heapAt, 8)) };
}

/** A dataset of chunks of zeros; all of them `shared`, or each on its own. */
const inChunks = (
  count: number,
  elements: number,
  { shared = false, ids = [1] }: { shared?: boolean; ids?: number[] } = {},
) =>
  made((file) => {
    const data = joined(deflateSync(zeros(elements * 4), { level: 9 }));
    const common = file.place(data);
    const all = list(count, (i) => chunk(data.length, [i * elements], shared ? common : file.place(data)));
    const root = tree(file, 1, 0, all);
    return file.header([
      link('a', file.header([space(count * elements), float, filters(...ids), chunked(root, [elements])])),
    ]);
  });

export const hdf5Bombs = bombsOf('weights', {
  'hdf5: 1,000 chunks that share their bytes': inChunks(1000, 1e6, { shared: true }),
  'hdf5: 60,000 small chunks that share their bytes': inChunks(60_000, 1000, { shared: true }),
  'hdf5: one chunk of 150 MB of zeros': inChunks(1, 375e5),
  'hdf5: one chunk of 60 MB of zeros': inChunks(1, 15e6),
  'hdf5: 50 chunks of 40 MB of zeros': inChunks(50, 1e7),
  'hdf5: 255 filters': inChunks(1, 1000, { ids: list(255, () => 1) }),
  'hdf5: 255 shuffles of 4 MB': { ends: 'refused', files: inChunks(1, 1e6, { ids: [...list(254, () => 2), 1] }) },
  'hdf5: 65,535 chunks of one element': inChunks(65_535, 1),
  'hdf5: chunks of 2^32 elements': made((file) => {
    const root = tree(file, 1, 0, [chunk(16, [0, 0], file.place(zeros(16)))]);
    return file.header([
      link('a', file.header([space(2 ** 32, 4), float, filters(1), chunked(root, [2 ** 32 - 1, 4])])),
    ]);
  }),
  'hdf5: a billion rows without a chunk': made((file) =>
    file.header([link('a', file.header([space(1e9), float, chunked(2 ** 40, [1])]))]),
  ),
  'hdf5: a dataset of 2^63 elements': made((file) =>
    file.header([link('a', file.header([space(2n ** 63n), float, contiguous(48, 64)]))]),
  ),
  'hdf5: a dataset at the end of the address space': made((file) =>
    file.header([link('a', file.header([space(1), float, contiguous(2n ** 64n - 2n, 4)]))]),
  ),
  'hdf5: 255 axes': made((file) =>
    file.header([link('a', file.header([space(...list(255, () => 1)), float, compact(zeros(4))]))]),
  ),
  'hdf5: 2,000 datasets of the same bytes': made((file) => {
    const data = file.place(zeros(1e6));
    return file.header(list(2000, (i) => link(`a${i}`, file.header([space(25e4), float, contiguous(data, 1e6)]))));
  }),
  'hdf5: 20,000 links to one dataset': made((file) => {
    const one = small(file);
    return file.header(list(20_000, (i) => link(`a${i}`, one)));
  }),
  'hdf5: 50,000 links of one name of 50 kB in a heap': made((file) => {
    const one = small(file);
    return file.header([
      symbols(
        file,
        joined(repeated('n', 50_000), zeros(8)),
        list(50_000, (i) => i % 40_000),
        one,
      ),
    ]);
  }),
  'hdf5: 60,000 links that share one name of 900 letters': made((file) => {
    const one = small(file);
    return file.header([
      symbols(
        file,
        joined(repeated('n', 900), zeros(8)),
        list(60_000, () => 0),
        one,
      ),
    ]);
  }),
  'hdf5: names in a heap of a megabyte, each the rest of it': made((file) =>
    file.header([
      symbols(
        file,
        joined(repeated('n', 1e6), zeros(8)),
        list(2000, (i) => i),
        small(file),
      ),
    ]),
  ),
  'hdf5: a group in itself': made((file) => file.header(list(100, (i) => link(`g${i}`, file.next())))),
  'hdf5: groups 30 deep, two links each': made((file) => {
    let inner = small(file);
    for (let level = 0; level < 29; level++) inner = file.header([link('a', inner), link('b', inner)]);
    return inner;
  }),
  'hdf5: groups 20,000 deep': made((file) => {
    let inner = small(file);
    for (let level = 0; level < 20_000; level++) inner = file.header([link('a', inner)]);
    return inner;
  }),
  'hdf5: a header that goes on in itself': made((file) =>
    file.header([{ type: 0x10, content: joined(little(file.next() + 16, 8), little(24, 8)) }]),
  ),
  'hdf5: a header of 4 GB': made((file) => file.header([link('a', small(file))], 2 ** 32 - 1)),
  'hdf5: 100,000 messages of nothing': made((file) =>
    file.header([...list(1e5, () => ({ type: 0, content: zeros(0) })), link('a', small(file))]),
  ),
  'hdf5: a tree that leads to itself': made((file) => {
    const root = file.next();
    tree(
      file,
      1,
      5,
      list(100, (i) => chunk(4, [i], root)),
    );
    return file.header([link('a', file.header([space(100), float, chunked(root, [1])]))]);
  }),
  'hdf5: a node of 65,535 entries that are not there': made((file) =>
    file.header([link('a', file.header([space(100), float, chunked(tree(file, 1, 0, [], 65_535), [1])]))]),
  ),
  'hdf5: names of 60,000 letters': made((file) =>
    file.header(list(50, (i) => link(`${'n'.repeat(60_000)}${i}`, small(file)))),
  ),
  'hdf5: names with escapes': made((file) => file.header([link('\u001b[2J\u0007', small(file))])),
  'hdf5: a name that leads to a parent': made((file) => file.header([link('../../a', small(file))])),
  'hdf5: 60,000 attributes': made((file) =>
    file.header([...list(60_000, () => attribute('a', 'b')), link('a', small(file))]),
  ),
  'hdf5: a configuration nested 20,000 deep': made((file) =>
    file.header([attribute('model_config', '['.repeat(20_000)), link('a', small(file))]),
  ),
  'hdf5: a heap of texts that leads nowhere': made((file) => {
    const heap = file.place('GCOL', Uint8Array.of(1, 0, 0, 0), little(2 ** 24, 8), zeros(1e6));
    const content = joined(
      Uint8Array.of(3, 0),
      little(13, 2),
      little(8, 2),
      little(4, 2),
      Uint8Array.of(0),
      'model_config\0',
      Uint8Array.of(0x19, 1, 0, 0),
      little(16, 4),
      Uint8Array.of(2, 0, 0, 0),
      little(1e6, 4),
      little(heap, 8),
      little(1, 4),
    );
    return file.header([{ type: 12, content }, link('a', small(file))]);
  }),
  'hdf5: the superblock alone': () => ({ 'a.h5': hdf5().finish(48) }),
  'hdf5: a root at the end of the address space': () => ({ 'a.h5': hdf5().finish(2 ** 53) }),
});

const h5 = (config = '') => {
  const file = hdf5();
  const data = file.place(zeros(64));
  const layer = file.header([
    link('vars', file.header([link('0', file.header([space(4, 4), float, contiguous(data, 64)]))])),
  ]);
  return file.finish(
    file.header([
      link('layers', file.header([link('dense', layer)])),
      ...(config ? [attribute('model_config', config)] : []),
    ]),
  );
};
const keras = (config: string, weights: Uint8Array = h5(), deflate = true) => ({
  'a.keras': forgedZip([
    { name: 'metadata.json', data: '{"keras_version":"3.0.0"}' },
    { name: 'config.json', data: config, deflate },
    { name: 'model.weights.h5', data: weights, deflate },
  ]),
});
const sequential = (layers: string) => `{"class_name":"Sequential","config":{"name":"s","layers":[${layers}]}}`;
const dense = (i: number) => `{"class_name":"Dense","config":{"name":"dense_${i}","units":4}}`;
const nestedModels = (depth: number) =>
  `${'{"class_name":"Sequential","config":{"name":"s","layers":['.repeat(depth)}${dense(1)}${']}}'.repeat(depth)}`;

export const kerasBombs = bombsOf('weights', {
  'keras: 100,000 layers': () => keras(sequential(list(1e5, dense).join())),
  'keras: a million empty objects': () => keras(sequential(list(1e6, () => '{}').join())),
  'keras: 5 million empty lists': () => keras(`[${'[],'.repeat(5e6)}[]]`),
  'keras: models 100 deep': () => keras(nestedModels(100)),
  'keras: models 20,000 deep': () => keras(nestedModels(20_000)),
  'keras: a configuration of 60 MB of spaces': () => keras(`{${' '.repeat(6e7)}}`),
  'keras: a configuration of 150 MB of zeros': () => keras('\0'.repeat(15e7)),
  'keras: a layer of 2^53 units': () =>
    keras(sequential('{"class_name":"Dense","config":{"name":"a","units":9007199254740991}}')),
  'keras: a layer of a long name': () =>
    keras(sequential(`{"class_name":"Dense","config":{"name":"${'n'.repeat(1e6)}","units":4}}`)),
  'keras: 10,000 layers of one name': () => keras(sequential(list(1e4, () => dense(1)).join())),
  'keras: a layer of Python': () =>
    keras(
      sequential(
        '{"class_name":"Lambda","config":{"name":"l","function":{"class_name":"__lambda__","config":{"code":"4wEAAAA="}}}}',
      ),
    ),
  'keras: a class with escapes': () =>
    keras(sequential('{"class_name":"\\u001b[2JDense","config":{"name":"\\u001b[2J"}}')),
  'keras: shapes of 1e308': () =>
    keras(sequential('{"class_name":"InputLayer","config":{"batch_shape":[null,1e308,1e308,3],"name":"i"}}')),
  'keras: nodes that lead in circles': () =>
    keras(
      '{"class_name":"Functional","config":{"name":"f","layers":[{"class_name":"Dense","name":"a","config":{"name":"a","units":4},"inbound_nodes":[[["b",0,0,{}]]]},{"class_name":"Dense","name":"b","config":{"name":"b","units":4},"inbound_nodes":[[["a",0,0,{}]]]}],"input_layers":[["a",0,0]],"output_layers":[["b",0,0]]}}',
    ),
  'keras: weights of 150 MB of zeros, deflated': () => keras('{}', joined(h5(), zeros(15e7))),
  'keras: weights of 60 MB of zeros, deflated': () => keras('{}', joined(h5(), zeros(6e7))),
  'keras: chunks of zeros in deflated weights': () =>
    keras('{}', inChunks(200, 1e6, { shared: true })()['a.h5'] ?? zeros(0)),
  'keras: h5 with 1,000 groups in deflated weights': () => {
    const file = hdf5();
    return keras(
      '{}',
      file.finish(
        file.header(list(1000, (i) => link(`g${i}`, file.header(list(20, (j) => link(`a${j}`, small(file))))))),
      ),
    );
  },
  'keras: random reads of deflated weights': () => {
    const file = hdf5();
    const all = list(300, (i) => {
      const data = file.place(zeros(1e5));
      return link(`a${i}`, file.header([space(25_000), float, contiguous(data, 1e5)]));
    });
    return keras('{}', file.finish(file.header(all)));
  },
});
