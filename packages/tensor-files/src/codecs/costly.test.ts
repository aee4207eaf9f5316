import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formats } from '../formats.ts';
import { metered } from '../meter.ts';
import { openTensors } from '../open-tensors.ts';
import { ofBytes } from '../sources/of-bytes.ts';
import { siblingsOf } from '../sources/siblings.ts';
import type { OpenOptions } from '../sources/tensor-source.ts';
import { chunkedBytes } from './hdf5/chunks.ts';
import { cursorOf, fileReader } from './hdf5/file-reader.ts';
import { linksOf } from './hdf5/group.ts';
import { textAttribute } from './hdf5/text-attribute.ts';
import { crc32 } from './zip/crc32.ts';

// Files that ask for more than they are worth: each would take a hundred times its size, or minutes. What they say is refused by
// its count, so nothing here takes a time worth measuring.

const joined = (...parts: readonly (Uint8Array | string)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const little = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return new Uint8Array(buffer.subarray(0, bytes));
};
const many = (count: number, part: (index: number) => Uint8Array | string) =>
  new Uint8Array(Buffer.concat(Array.from({ length: count }, (_, index) => Buffer.from(part(index)))));
const opening = (bytes: Uint8Array, name = 'file', options: OpenOptions = {}) =>
  openTensors(new File([new Uint8Array(bytes)], name), options);
const costing = (cost: string) =>
  new RegExp(`: takes \\d+ ${cost} or more, at most \\d+ for a file of \\d+ bytes.*budget`);

/** A zip archive of entries that are all deflated. */
function deflated(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const [locals, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (const [name, data] of Object.entries(files)) {
    const packed = deflateRawSync(data);
    const common = joined(
      little(0, 2),
      little(8, 2),
      little(0, 4),
      little(crc32(data), 4),
      little(packed.length, 4),
      little(data.length, 4),
      little(name.length, 2),
      little(0, 2),
    );
    const local = joined('PK\x03\x04', little(20, 2), common, name, packed);
    locals.push(local);
    directory.push(joined('PK\x01\x02', little(20, 2), little(20, 2), common, new Uint8Array(10), little(at, 4), name));
    at += local.length;
  }
  const listed = joined(...directory);
  const count = little(directory.length, 2);
  return joined(
    ...locals,
    listed,
    'PK\x05\x06',
    little(0, 4),
    count,
    count,
    little(listed.length, 4),
    little(at, 4),
    little(0, 2),
  );
}

describe('a pickle', () => {
  const proto2 = Uint8Array.of(0x80, 2);
  const text = (value: string) => joined('X', little(value.length, 4), value);
  const int = (value: number) => joined('J', little(value, 4));
  const tuple = (...values: (Uint8Array | string)[]) => joined('(', ...values, 't');
  const global = (module: string, name: string) => `c${module}\n${name}\n`;
  const storage = (type: string, key: string) =>
    joined(tuple(text('storage'), global('torch', type), text(key), text('cpu'), int(4)), 'Q');
  const tensor = (shape = tuple(int(4)), strides = tuple(int(1))) =>
    joined(
      global('torch._utils', '_rebuild_tensor_v2'),
      '(',
      storage('FloatStorage', '0'),
      int(0),
      shape,
      strides,
      Uint8Array.of(0x89),
      '}tR',
    );
  const pth = (pickle: Uint8Array, more: Record<string, Uint8Array> = {}) =>
    deflated({ 'a/data.pkl': pickle, 'a/byteorder': joined('little'), 'a/data/0': new Uint8Array(16), ...more });
  /** One list of many values, and a call that copies it, many times. */
  const copying = (module: string, name: string, values: Uint8Array) =>
    joined(
      proto2,
      joined(']q', Uint8Array.of(0), '(', values, 'e'),
      many(2000, () => joined(global(module, name), 'h', Uint8Array.of(0), Uint8Array.of(0x85), 'R0')),
      '.',
    );
  const pairs = many(2000, (index) => joined(int(index), int(index), Uint8Array.of(0x86)));

  it.each<[string, Uint8Array, string]>([
    ['millions of empty dictionaries', joined(proto2, Buffer.alloc(2_000_000, '}'), '.'), 'objects'],
    ['millions of empty lists', joined(proto2, Buffer.alloc(2_000_000, ']'), '.'), 'objects'],
    ['millions of marks', joined(proto2, Buffer.alloc(2_000_000, '('), '.'), 'operations'],
    [
      'millions of numbers',
      joined(
        proto2,
        '(',
        many(1_000_000, () => 'K\x01'),
        't.',
      ),
      'operations',
    ],
    ['a list that is copied again and again', copying('collections', 'OrderedDict', pairs), 'operations'],
    ['a set that is copied again and again', copying('builtins', 'set', pairs), 'operations'],
    [
      'thousands of tensors of one storage',
      joined(
        proto2,
        joined(tensor(), 'r', little(0, 4), '0}('),
        many(20_000, (index) => joined(text(`${index}`), 'j', little(0, 4))),
        'u.',
      ),
      'objects',
    ],
  ])('of %s is too costly', async (_, pickle, cost) => {
    const error = await opening(await pth(pickle)).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'too-costly', message: expect.stringMatching(costing(cost)) });
  });

  it('is read where the caller allows more', async () => {
    const file = pth(
      joined(proto2, '}', text('x'), tensor(), 's', Buffer.alloc(200_000, '}'), Buffer.alloc(200_000, '0'), '.'),
    );
    await expect(opening(file)).rejects.toThrow(/open it with the option budget: \{ objects: \d+ \}/);
    const opened = await opening(file, 'file', { budget: { objects: Number.POSITIVE_INFINITY, operations: 2 ** 20 } });
    expect(await opened.tensors.get('x')?.read()).toEqual(new Float32Array(4));
    await expect(opening(file, 'file', { budget: { bytes: 1000 } })).rejects.toThrow(
      /takes \d+ bytes or more, at most 1000 for/,
    );
    await expect(opening(file, 'file', { budget: { bytes: Number.NaN } })).rejects.toThrow(/budget: bytes is NaN/);
  });

  it('of thousands of modules that share thousands of tensors is too costly', async () => {
    const [one, shared, state] = [joined('r', little(0, 4)), joined('r', little(1, 4)), joined('r', little(2, 4))];
    const get = (index: number) => joined('j', little(index, 4));
    const module = (content: Uint8Array) => joined(global('mine', 'Net'), Uint8Array.of(0x29, 0x81), content, 'b');
    const parameters = many(2000, (index) => joined(text(`p${index}`), get(0)));
    const inner = joined('}(', text('_parameters'), get(1), text('_modules'), '}u');
    const modules = many(2000, (index) => joined(text(`m${index}`), module(get(2))));
    const top = joined('}(', text('_parameters'), '}', text('_modules'), '}(', modules, 'uu');
    const before = joined(tensor(), one, '0}(', parameters, 'u', shared, '0', inner, state, '0');
    const pickle = joined(proto2, before, module(top), '.');
    await expect(opening(pth(pickle))).rejects.toThrow(costing('objects'));
  });

  it('of thousands of arrays of NumPy that share one text is too costly', async () => {
    const get = (index: number) => joined('j', little(index, 4));
    const bytes = joined(text('x'.repeat(1_000_000)), 'r', little(0, 4), '0');
    const dtype = joined(global('numpy', 'dtype'), tuple(text('u1')), 'Rr', little(1, 4), '0');
    const array = joined(
      global('numpy._core.multiarray', '_reconstruct'),
      ')R',
      tuple(int(1), tuple(int(1_000_000)), get(1), Uint8Array.of(0x89), get(0)),
      'b',
    );
    const arrays = many(2000, (index) => joined(text(`a${index}`), array));
    const pickle = joined(proto2, bytes, dtype, '}(', text('t'), tensor(), arrays, 'u.');
    await expect(opening(pth(pickle))).rejects.toThrow(costing('bytes'));
  });

  it('that names a global of thousands of letters is refused', async () => {
    const pickle = joined(Uint8Array.of(0x80, 4), text('a'.repeat(2000)), text('b'), Uint8Array.of(0x93), '.');
    await expect(opening(pth(pickle))).rejects.toThrow(/names a global of 2002 letters/);
  });

  it('whose scales are quantised themselves is refused: two of each would be 2^60', async () => {
    const quantised = (scale: number) =>
      joined(
        global('torch._utils', '_rebuild_qtensor'),
        '(',
        storage('QInt8Storage', '1'),
        int(0),
        tuple(int(4)),
        tuple(int(1)),
        tuple(
          global('torch', 'per_channel_affine'),
          joined('j', little(scale, 4)),
          joined('j', little(scale, 4)),
          int(0),
        ),
        Uint8Array.of(0x89),
        '}tR',
      );
    const chain = many(60, (index) => joined(quantised(index), 'r', little(index + 1, 4), '0'));
    const pickle = joined(proto2, tensor(), 'r', little(0, 4), '0', chain, '}', text('x'), 'j', little(60, 4), 's.');
    await expect(opening(pth(pickle, { 'a/data/1': new Uint8Array(4) }))).rejects.toThrow(
      /x: is quantised by a scale and a zero point that do not fit \[4\], or are quantised themselves/,
    );
  });

  it('of a few tensors that are expanded to many numbers has some of them', async () => {
    const wide = (name: string) => joined(text(name), tensor(tuple(int(2 ** 22)), tuple(int(0))));
    const file = await opening(pth(joined(proto2, '}(', ...['a', 'b', 'c', 'd'].map(wide), 'u.')));
    expect([...file.tensors.values()].map(({ unreadable }) => unreadable?.code)).toEqual([
      undefined,
      undefined,
      'too-costly',
      'too-costly',
    ]);
    await expect(file.tensors.get('c')?.read()).rejects.toThrow(
      /c, with those before it,: takes 50331648 bytes or more, at most 335\d+ for a file of/,
    );
  });

  it('with many texts beside it is too costly', async () => {
    const extra = Object.fromEntries(
      Array.from({ length: 4 }, (_, index) => [`a/extra/${index}`, Buffer.alloc(8_000_000, 'a')]),
    );
    const file = pth(joined(proto2, '}', text('x'), tensor(), 's.'), extra);
    await expect(opening(file)).rejects.toThrow(costing('bytes'));
  });
});

describe('a zip archive', () => {
  const npy = (shape: string, bytes: number, descr = '<f4') => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
    return joined(
      Uint8Array.of(0x93),
      'NUMPY',
      Uint8Array.of(1, 0),
      little(header.length, 2),
      header,
      new Uint8Array(bytes),
    );
  };

  it('of thousands of packed arrays is too costly', async () => {
    const one = npy('(1,)', 4);
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${index}.npy`, one]));
    await expect(opening(deflated(files))).rejects.toThrow(costing('operations'));
  });

  it('of zeros, packed a thousandfold, is too costly', async () => {
    const zeros = npy('(12000000,)', 12_000_000, '|u1');
    await expect(opening(deflated({ 'a.npy': zeros, 'b.npy': zeros, 'c.npy': zeros }))).rejects.toThrow(
      costing('operations'),
    );
    const file = await opening(deflated({ 'a.npy': zeros }));
    await expect(file.tensors.get('a')?.read()).rejects.toThrow(/a: takes 48000000 bytes or more, at most \d+ for/);
    const allowed = await opening(deflated({ 'a.npy': zeros }), 'a.npz', { budget: { bytes: 2 ** 26 } });
    expect((await allowed.tensors.get('a')?.read())?.length).toBe(12_000_000);
  });

  it('whose .keras weights are packed a thousandfold is refused before they are unpacked', async () => {
    const file = deflated({ 'model.weights.h5': new Uint8Array(20_000_000), 'config.json': joined('{}') });
    await expect(opening(file, 'k.keras')).rejects.toThrow(costing('bytes'));
  });
});

describe('JSON', () => {
  const safetensors = (header: string) => joined(little(header.length, 8), header);
  it.each<[string, string]>([
    ['objects', `{"a":[${'{},'.repeat(300_000)}{}]}`],
    ['lists nested in lists', `{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`],
    ['numbers', `{"a":[${'1,'.repeat(300_000)}1]}`],
    ['texts', `{"__metadata__":{${Array.from({ length: 200_000 }, (_, index) => `"${index}":""`).join(',')}}}`],
  ])('of more %s than its size is worth is refused before it is parsed', async (_, header) => {
    await expect(opening(safetensors(header))).rejects.toThrow(costing('objects'));
  });

  it('nested beyond any format is refused', async () => {
    const deep = `{"weightsManifest":[],"userDefinedMetadata":{"zoo":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    await expect(opening(joined(deep), 'model.json')).rejects.toThrow(
      /model\.json: nests the values of its JSON \d+ deep, more than 100/,
    );
  });

  it('with the name of a tensor of thousands of letters is refused', async () => {
    const names = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `${'net.'.repeat(1000)}${index}`,
        { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
      ]),
    );
    await expect(opening(safetensors(JSON.stringify(names)))).rejects.toThrow(
      /has a tensor whose name, net\.net\..*, has 4001 letters, more than 1000/,
    );
  });

  it('that states thousands of layers of one folder is too costly', async () => {
    const layers = Array.from({ length: 4000 }, (_, index) => ({
      class_name: 'Dense',
      config: { name: `a/${index}` },
    }));
    const weights = Array.from({ length: 1000 }, (_, index) => ({ name: `a/x${index}`, shape: [0], dtype: 'float32' }));
    const json = JSON.stringify({
      modelTopology: { model_config: { config: { layers } } },
      weightsManifest: [{ paths: [], weights }],
    });
    await expect(opening(joined(json), 'model.json')).rejects.toThrow(costing('operations'));
  });

  it('that names one shard thousands of times opens it once', async () => {
    const shard = new File([new Uint8Array(4)], 'shard.bin');
    const weights = [{ name: 'a', shape: [4000], dtype: 'float32' }];
    const model = { weightsManifest: [{ paths: Array(4000).fill('shard.bin'), weights }] };
    const file = await openTensors([new File([JSON.stringify(model)], 'model.json'), shard]);
    expect(await file.tensors.get('a')?.read()).toEqual(new Float32Array(4000));
    let opened = 0;
    const beside = siblingsOf('model.json', undefined, [shard], async () => {
      opened += 1;
      return metered(ofBytes(new Uint8Array(4)));
    });
    for (let time = 0; time < 3; time++) await beside('shard.bin');
    expect(opened).toBe(1);
  });
});

describe('a protobuf', () => {
  const varint = (value: number): Uint8Array =>
    value < 128 ? Uint8Array.of(value) : joined(Uint8Array.of((value % 128) + 128), varint(Math.floor(value / 128)));
  const field = (number: number, ...parts: (Uint8Array | string)[]) => {
    const bytes = joined(...parts);
    return joined(varint(number * 8 + 2), varint(bytes.length), bytes);
  };
  const onnx = (...graph: Uint8Array[]) => joined(Uint8Array.of(8, 7), field(2, 'x'), field(7, ...graph));
  const node = (op: string, inputs: readonly string[], output: string, ...more: Uint8Array[]) =>
    field(1, ...inputs.map((name) => field(1, name)), field(2, output), field(4, op), ...more);
  const initializer = (name: string, bytes: number, ...dims: number[]) =>
    field(
      5,
      ...dims.map((size) => joined(Uint8Array.of(8), varint(size))),
      Uint8Array.of(0x10, 1),
      field(8, name),
      field(9, new Uint8Array(bytes)),
    );

  it.each<[string, string, Uint8Array, string]>([
    ['empty nodes', 'a.onnx', onnx(many(100_000, () => field(1))), 'objects'],
    [
      'empty attributes',
      'a.onnx',
      onnx(
        field(
          1,
          many(100_000, () => field(5)),
        ),
      ),
      'objects',
    ],
    [
      'inputs',
      'a.onnx',
      onnx(
        field(
          1,
          many(200_000, () => field(1)),
        ),
      ),
      'objects',
    ],
    ['tensors', 'a.onnx', onnx(many(20_000, (index) => initializer(`${index}`, 0, 0))), 'objects'],
    [
      'names of one tensor',
      'a.onnx',
      onnx(
        initializer('0', 4, 1),
        many(20_000, (index) => node('Identity', [`${index}`], `${index + 1}`)),
      ),
      'objects',
    ],
    ['fields', 'a.onnx', joined(Uint8Array.of(8, 7), field(2, 'x'), Buffer.alloc(2_000_000, '\x08\x00')), 'operations'],
    [
      'blobs',
      'a.caffemodel',
      field(
        100,
        field(1, 'a'),
        many(200_000, () => field(7)),
      ),
      'objects',
    ],
    ['layers', 'a.caffemodel', many(50_000, () => field(100)), 'objects'],
    [
      'shapes',
      'a.caffemodel',
      field(
        100,
        field(
          7,
          many(200_000, () => field(7, Uint8Array.of(8, 1))),
        ),
      ),
      'operations',
    ],
    [
      'texts of metadata',
      'a.onnx',
      joined(
        onnx(),
        many(30_000, () => field(14, field(1, 'k'), field(2, 'v'))),
      ),
      'objects',
    ],
    [
      'parameters',
      'a.caffemodel',
      field(
        100,
        field(
          106,
          many(100_000, (index) => joined(varint((index + 1) * 8), Uint8Array.of(0))),
        ),
      ),
      'objects',
    ],
  ])('of more %s than its size is worth is too costly', async (_, name, bytes, cost) => {
    await expect(opening(bytes, name)).rejects.toThrow(costing(cost));
  });

  it('of many small messages is read in few pieces', async () => {
    const layers = many(300, (index) => field(100, field(1, `fc${index}`), field(7, field(5, new Uint8Array(4)))));
    let [reads, total] = [0, 0];
    const source = ofBytes(layers, 'a.caffemodel');
    const counting = {
      ...source,
      read(offset: number, length: number) {
        reads += 1;
        total += length;
        return source.read(offset, length);
      },
    };
    const format = formats.find(({ name }) => name === 'caffemodel');
    const contents = await format?.read(metered(counting), async () => metered(source));
    expect(contents?.tensors.size).toBe(300);
    expect(reads).toBeLessThan(5);
    expect(total).toBeLessThanOrEqual(2 * layers.length);
  });

  it('of doubles in a field each is read in few pieces', async () => {
    const doubles = many(5000, () => joined(varint(10 * 8 + 1), new Uint8Array(8)));
    const tensor = field(5, Uint8Array.of(8), varint(5000), Uint8Array.of(0x10, 11), field(8, 'w'), doubles);
    const source = ofBytes(onnx(tensor), 'a.onnx');
    let reads = 0;
    const counting = {
      ...source,
      read(offset: number, length: number) {
        reads += 1;
        return source.read(offset, length);
      },
    };
    const format = formats.find(({ name }) => name === 'onnx');
    const contents = await format?.read(metered(counting), async () => metered(source));
    expect(await contents?.tensors.get('w')?.read()).toEqual(new Float32Array(5000));
    expect(reads).toBeLessThan(50);
  });

  it('of a shape with more axes than any is refused before they are read', async () => {
    const shape = field(7, ...Array.from({ length: 40 }, () => Uint8Array.of(8, 1)));
    const blob = field(7, shape, field(5, new Uint8Array(4)));
    await expect(opening(field(100, field(1, 'a'), blob), 'a.caffemodel')).rejects.toThrow(
      /a\.weight: has a shape of more than 32 axes/,
    );
  });

  it('whose operators all need the ones before, sixty times each, is followed once', async () => {
    const nodes = Array.from({ length: 30 }, (_, index) => node('Add', Array(60).fill(`${index}`), `${index + 1}`));
    const bytes = onnx(node('Foo', ['input'], '0'), ...nodes, node('MatMul', ['input', '30'], 'output'));
    const { network } = await opening(bytes, 'a.onnx');
    expect(network?.layers.map(({ kind }) => kind)).toContain('dense');
  });

  it('that transposes one constant thousands of times has it a few times', async () => {
    const perm = field(5, field(1, 'perm'), Uint8Array.of(0x40, 0, 0x40, 2, 0x40, 1));
    const nodes = Array.from({ length: 2000 }, (_, index) => node('Transpose', [`${index}`], `${index + 1}`, perm));
    const file = await opening(onnx(initializer('0', 16, 1, 2, 2), ...nodes), 'a.onnx');
    expect(file.tensors.size).toBe(5);
    expect(await file.tensors.get('4')?.read()).toEqual(new Float32Array(4));
  });
});

describe('an HDF5 file', () => {
  const source = metered(ofBytes(new Uint8Array(1000), 'a.h5'));

  it('whose chunks share their bytes is refused', async () => {
    const [stored, side] = [500, 500_000];
    const chunk = (index: number) =>
      joined(little(stored, 4), little(0, 4), little(index * side, 8), little(0, 8), little(0, 8));
    const tree = joined('TREE', Uint8Array.of(1, 0), little(4, 2), new Uint8Array(16).fill(255), many(4, chunk));
    const file = metered(ofBytes(joined(tree, new Uint8Array(1000 - tree.length)), 'a.h5'));
    const layout = cursorOf(joined(Uint8Array.of(2), little(0, 8), little(side, 4), little(1, 4)), 'a.h5');
    const dataset = { shape: [4 * side], size: 1, filters: ['deflate' as const], place: 'a.h5: x' };
    await expect(chunkedBytes(layout, { ...dataset, file: fileReader(file), source: file })).rejects.toThrow(
      /a\.h5: has chunks that share bytes: together they have more than the file/,
    );
  });

  it('with a name of thousands of letters is refused', async () => {
    const link = joined(Uint8Array.of(1, 1), little(2000, 2), 'l'.repeat(2000), little(0, 8));
    await expect(linksOf(fileReader(source), [{ type: 6, content: cursorOf(link, 'a.h5') }])).rejects.toThrow(
      /a\.h5: has a name of 2000 bytes in a group, more than 1000/,
    );
  });

  it('whose links share one long name in a heap is refused', async () => {
    const names = joined('l'.repeat(2000), '\0');
    const heap = joined('HEAP', little(0, 4), little(names.length, 8), little(0, 8), little(32, 8), names);
    const list = 32 + names.length;
    const snod = joined('SNOD', little(1, 2), little(1, 2), new Uint8Array(40));
    const node = joined('TREE', Uint8Array.of(0, 0), little(1, 2), new Uint8Array(16), little(0, 8), little(list, 8));
    const file = fileReader(metered(ofBytes(joined(heap, snod, node), 'a.h5')));
    const table = cursorOf(joined(little(list + snod.length, 8), little(0, 8)), 'a.h5');
    await expect(linksOf(file, [{ type: 0x11, content: table }])).rejects.toThrow(
      /a\.h5: has no name of at most 1000 bytes at 0 of 2001 bytes of names/,
    );
  });

  it('of an object with thousands of empty facts is too costly', async () => {
    const { readMessages } = await import('./hdf5/object-header.ts');
    const facts = many(20_000, () => new Uint8Array(8));
    const header = joined(Uint8Array.of(1, 0), little(20_000, 2), little(1, 4), little(facts.length, 8));
    const file = fileReader(metered(ofBytes(joined(header, facts), 'a.h5')));
    await expect(readMessages(file, 0)).rejects.toThrow(costing('objects'));
  });

  it('keeps a text that ends with zeros without them, whatever stands before', async () => {
    const text = joined(new Uint8Array(60_000), 'a', new Uint8Array(10));
    const name = joined('config', new Uint8Array(2));
    const type = joined(Uint8Array.of(0x13, 0, 0, 0), little(text.length, 4));
    const attribute = joined(Uint8Array.of(1, 0), little(7, 2), little(type.length, 2), little(0, 2), name, type, text);
    const found = await textAttribute(
      fileReader(source),
      [{ type: 0x0c, content: cursorOf(attribute, 'a') }],
      'config',
    );
    expect(found?.length).toBe(60_001);
  });
});
