import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../open-tensors.ts';
import { crc32 } from './zip/crc32.ts';
import { type FileToZip, zipBytes } from './zip/zip-bytes.ts';

// Files that were made to do harm. What random damage finds is in fuzz.test.ts.

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../fixtures/${name}`, import.meta.url)));
const joined = (...parts: readonly (Uint8Array | string)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const zipped = async (files: Record<string, Uint8Array | string>) => {
  const list: FileToZip[] = Object.entries(files).map(([name, bytes]) => ({ name, bytes: () => joined(bytes) }));
  const pieces: Uint8Array[] = [];
  for await (const piece of zipBytes(list)) pieces.push(piece);
  return joined(...pieces);
};
const little = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
  else buffer.writeUIntLE(value, 0, bytes);
  return new Uint8Array(buffer);
};
const opening = (bytes: Uint8Array, name = 'file') => openTensors(new File([new Uint8Array(bytes)], name));

const python = {
  global: (module: string, name: string) => `c${module}\n${name}\n`,
  text: (value: string) => joined('X', little(value.length, 4), value),
  int: (value: number) => joined('J', little(value, 4)),
  tuple: (...values: (Uint8Array | string)[]) => joined('(', ...values, 't'),
};
const proto2 = Uint8Array.of(0x80, 2);
const { global, text, int, tuple } = python;

/** `{'x': tensor}` as PyTorch writes it, with a storage of 4 floats. */
const tensorPickle = (offset: Uint8Array, shape: Uint8Array, strides: Uint8Array, count = 4) =>
  joined(
    proto2,
    '}(',
    text('x'),
    global('torch._utils', '_rebuild_tensor_v2'),
    '(',
    tuple(text('storage'), global('torch', 'FloatStorage'), text('0'), text('cpu'), int(count)),
    'Q',
    offset,
    shape,
    strides,
    Uint8Array.of(0x89),
    '}tRu.',
  );
const pth = (pickle: Uint8Array, more: Record<string, Uint8Array | string> = {}) =>
  zipped({ 'a/data.pkl': pickle, 'a/byteorder': 'little', 'a/data/0': new Uint8Array(16), ...more });

describe('a pickle', () => {
  const calls: [string, string, string][] = [
    ['posix.system', 'posix', 'system'],
    ['builtins.eval', 'builtins', 'eval'],
    ['os.system', 'os', 'system'],
    ['subprocess.Popen', 'subprocess', 'Popen'],
    ['torch.hub.load', 'torch.hub', 'load'],
  ];
  const inert: [string, string, string][] = [
    ['__main__.constructor', '__main__', 'constructor'],
    ['Object.constructor', 'Object', 'constructor'],
    ['builtins.getattr', 'builtins', 'getattr'],
    ['some.__proto__', 'some', '__proto__'],
  ];
  it.each(inert)('that names %s is given nothing but a placeholder', async (name, module, attribute) => {
    const program = joined(proto2, global(module, attribute), tuple(text('touch /tmp/harm')), 'R.');
    const message = `holds an object of ${name} without a dict of tensors`;
    await expect(opening(await pth(program))).rejects.toThrow(message);
    // The placeholder is called, called again, given a state and items, and asked for by a text that names it.
    const more = [')R', '}(', text('__proto__'), int(1), 'ub', text('constructor'), int(2), 's.'];
    const called = joined(proto2, global(module, attribute), tuple(), 'R', ...more);
    await expect(opening(await pth(called))).rejects.toThrow(/without a dict of tensors/);
    expect({}).not.toHaveProperty('1');
  });

  it.each(calls)('that names %s is refused by that name', async (name, module, attribute) => {
    const program = joined(proto2, global(module, attribute), tuple(text('touch /tmp/harm')), 'R.');
    const message = new RegExp(`names "${name.replaceAll('.', '\\.')}", which runs what the file says`);
    await expect(opening(await pth(program))).rejects.toThrow(message);
    const stacked = joined(Uint8Array.of(0x80, 4), text(module), text(attribute), Uint8Array.of(0x93), '.');
    await expect(opening(await pth(stacked))).rejects.toThrow(message);
    const magic = (await fixture('net-legacy.pth')).subarray(0, 15);
    await expect(opening(joined(magic, program))).rejects.toThrow(message);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'calls what is only a name',
      joined(proto2, global('torch', 'FloatStorage'), ')R.'),
      /calls torch\.FloatStorage with a list of 0/,
    ],
    ['calls a text', joined(proto2, text('f'), ')R.'), /calls "f" with a list of 0/],
    [
      'has an instruction of Python 1',
      joined(proto2, "S'a'\n."),
      /has the instruction 0x53, which a state dict does not need/,
    ],
    ['makes an instance', joined(proto2, '(', global('collections', 'OrderedDict'), 'o.'), /has the instruction 0x6f/],
    ['takes from an empty stack', joined(proto2, 'R.'), /takes a value where there is none/],
    ['takes to no mark', joined(proto2, 'u.'), /takes values up to a mark where there is none/],
    [
      'recalls what it never knew',
      joined(proto2, 'h', Uint8Array.of(7), '.'),
      /speaks of value 7, which it has not remembered/,
    ],
    ['is of a later protocol', Uint8Array.of(0x80, 9), /is of protocol 9, beyond 5,/],
    ['does not end', proto2, /has a pickle that is cut short at 2 bytes/],
    ['has a text beyond its end', joined(proto2, 'X', little(2 ** 32 - 1, 4), 'a.'), /cut short/],
    ['has a text of 2^63 bytes', joined(proto2, Uint8Array.of(0x8d), little(2 ** 62, 8), 'a.'), /cut short/],
    [
      'has a long number',
      joined(proto2, Uint8Array.of(0x8b), little(1e6, 4), new Uint8Array(1e6), '.'),
      /holds a number of 1000000 bytes/,
    ],
    ['holds no tensors', joined(proto2, '}(', text('a'), int(1), 'u.'), /holds a dict of 1 without a dict of tensors/],
    ['appends to a number', joined(proto2, int(1), int(2), 'a.'), /appends to 1/],
    ['sets items of a list', joined(proto2, ']', int(1), int(2), 's.'), /sets items of a list of 0/],
    [
      'refers to no storage',
      joined(proto2, text('storage'), 'Q.'),
      /refers to "storage", which is no storage of numbers/,
    ],
  ])('that %s is refused', async (_, pickle, message) => {
    await expect(opening(await pth(pickle))).rejects.toThrow(message);
  });

  it('of a billion laughs, or nested deep, costs no more than its length', async () => {
    // Thirty lists, each with the one before ten times: 10^30 laughs when written out.
    const laughs = Array.from({ length: 30 }, (_, level) => {
      const tenTimes = Array.from({ length: 10 }, () => joined('h', Uint8Array.of(level)));
      return joined(']q', Uint8Array.of(level + 1), '(', ...tenTimes, 'e0');
    });
    const laughing = joined(
      proto2,
      ']q',
      Uint8Array.of(0),
      '0',
      ...laughs,
      '}',
      text('a'),
      'h',
      Uint8Array.of(30),
      's.',
    );
    await expect(opening(await pth(laughing))).rejects.toThrow(/holds a dict of 1 without a dict of tensors/);
    const deep = joined(proto2, ')'.repeat(50_000), Buffer.alloc(49_999, 0x86), '.');
    await expect(opening(await pth(deep))).rejects.toThrow(/holds a list of 2 without a dict of tensors/);
    const dicts = joined(
      proto2,
      '}q',
      Uint8Array.of(0),
      '(',
      text('a'),
      'h',
      Uint8Array.of(0),
      text('b'),
      'h',
      Uint8Array.of(0),
      'u.',
    );
    await expect(opening(await pth(dicts))).rejects.toThrow(/holds a dict of 2 without a dict of tensors/);
  });

  const ints = (...values: number[]) => tuple(...values.map(int));
  it.each<[string, Uint8Array, RegExp]>([
    [
      'more numbers than its storage has',
      tensorPickle(int(0), ints(5), ints(1)),
      /x: \[5\] with strides \[1\] from 0 takes 5 elements, but its storage has 4/,
    ],
    ['a place outside', tensorPickle(int(3), ints(2), ints(1)), /x: \[2\] with strides \[1\] from 3 takes 5 elements/],
    [
      'strides that lead outside',
      tensorPickle(int(0), ints(2, 2), ints(4, 1)),
      /takes 6 elements, but its storage has 4/,
    ],
    [
      'a negative size',
      tensorPickle(int(0), tuple(joined('J', Uint8Array.of(255, 255, 255, 255))), ints(1)),
      /which are no sizes/,
    ],
    [
      'a negative stride',
      tensorPickle(int(3), ints(2), tuple(joined('J', Uint8Array.of(255, 255, 255, 255)))),
      /which are no sizes/,
    ],
    [
      'a negative offset',
      tensorPickle(joined('J', Uint8Array.of(255, 255, 255, 255)), ints(2), ints(1)),
      /which are no sizes/,
    ],
    ['fewer strides than sizes', tensorPickle(int(0), ints(2, 2), ints(1)), /which are no sizes/],
    [
      'a storage that is larger than the file',
      tensorPickle(int(0), ints(4), ints(1), 2 ** 30),
      /lies in a storage of 16 bytes, but 1073741824 of 4 bytes take/,
    ],
  ])('with a tensor of %s is refused', async (_, pickle, message) => {
    await expect(opening(await pth(pickle))).rejects.toThrow(message);
  });

  it.each<[string, Uint8Array]>([
    ['one number a billion times', tensorPickle(int(0), ints(1_000_000_000), ints(0))],
    ['a size beyond counting', tensorPickle(int(0), ints(...Array(16).fill(2 ** 30)), ints(...Array(16).fill(0)))],
  ])('with a tensor of %s opens, and takes no memory', async (_, pickle) => {
    const file = await opening(await pth(pickle));
    await expect(file.tensors.get('x')?.read()).rejects.toThrow(/x: is expanded from 4 elements to \d/);
  });

  it('of the same form without harm is read', async () => {
    const file = await opening(await pth(tensorPickle(int(1), ints(3), ints(1))));
    expect(await file.tensors.get('x')?.read()).toEqual(new Float32Array(3));
  });

  it('with a storage that is not there is refused', async () => {
    const bytes = await zipped({
      'a/data.pkl': tensorPickle(int(0), ints(4), ints(1)),
      'a/data/1': new Uint8Array(16),
    });
    await expect(opening(bytes)).rejects.toThrow(/x: lies in storage "0", which the file does not have/);
  });
});

/** An archive whose directory says what it likes. */
const forged = (
  entries: readonly {
    name: string;
    data: Uint8Array;
    size?: number;
    method?: number;
    header?: number;
    crc?: number;
    flags?: number;
  }[],
) => {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, size = data.length, method = 0, header = at, crc = crc32(data), flags = 0 } of entries) {
    const common = [
      little(flags, 2),
      little(method, 2),
      little(0, 4),
      little(crc, 4),
      little(data.length, 4),
      little(size, 4),
      little(name.length, 2),
      little(0, 2),
    ];
    const local = joined('PK\x03\x04', little(20, 2), ...common, name, data);
    locals.push(local);
    directory.push(
      joined(
        'PK\x01\x02',
        little(20, 2),
        little(20, 2),
        ...common,
        little(0, 2),
        little(0, 2),
        little(0, 2),
        little(0, 4),
        little(header, 4),
        name,
      ),
    );
    at += local.length;
  }
  const listed = joined(...directory);
  const end = joined(
    'PK\x05\x06',
    little(0, 4),
    little(entries.length, 2),
    little(entries.length, 2),
    little(listed.length, 4),
    little(at, 4),
    little(0, 2),
  );
  return joined(...locals, listed, end);
};

const npy = (text: string, numbers = new Uint8Array(4)) =>
  joined(Uint8Array.of(0x93), 'NUMPY', Uint8Array.of(1, 0), little(text.length, 2), text, numbers);
const array = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n");

describe('a zip archive', () => {
  const zeros = joined(
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000,), }\n", new Uint8Array(0)),
    new Uint8Array(16_000_000),
  );
  const packed = new Uint8Array(deflateRawSync(zeros));

  it('that is a bomb is refused before anything is unpacked, or where it goes off', async () => {
    const claims = (size: number) => forged([{ name: 'a.npy', data: packed, size, method: 8, crc: crc32(zeros) }]);
    await expect(opening(claims(packed.length * 1100))).rejects.toThrow(
      /a\.npy says that \d+ bytes unpack to \d+, more than 1032 to 1/,
    );
    await expect(opening(claims(2 ** 31))).rejects.toThrow(
      /a\.npy says that \d+ bytes unpack to 2147483648, more than 100 to 1/,
    );
    const less = await opening(
      forged([{ name: 'a.npy', data: packed, size: 16_000_000 + zeros.length - 16_000_000, method: 8, crc: 0 }]),
    );
    await expect(less.tensors.get('a')?.read()).rejects.toThrow(/a\.npy has another checksum than it should/);
    const small = joined(array);
    const lies = forged([{ name: 'a.npy', data: packed, size: small.length, method: 8 }]);
    await expect(opening(lies)).rejects.toThrow(/a\.npy unpacks to more than \d+ bytes/);
    const honest = await opening(claims(zeros.length));
    expect((await honest.tensors.get('a')?.read())?.length).toBe(4_000_000);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'leads to a parent folder',
      forged([{ name: '../../a.npy', data: array }]),
      /holds the entry "\.\.\/\.\.\/a\.npy", whose name leads out of the archive/,
    ],
    ['leads to a parent from within', forged([{ name: 'a/../../a.npy', data: array }]), /leads out of the archive/],
    ['has an absolute name', forged([{ name: '/etc/a.npy', data: array }]), /"\/etc\/a\.npy", whose name leads out/],
    ['has a name of Windows', forged([{ name: 'C:\\a.npy', data: array }]), /leads out of the archive/],
    [
      'has entries that share bytes',
      forged([
        { name: 'a.npy', data: array },
        { name: 'b.npy', data: array, header: 3 },
      ]),
      /a\.npy ends at byte \d+, but what follows begins at 3/,
    ],
    [
      'has the same entry twice',
      forged([
        { name: 'a.npy', data: array },
        { name: 'a.npy', data: array },
      ]),
      /holds a\.npy twice/,
    ],
    [
      'has an entry beyond its end',
      forged([{ name: 'a.npy', data: array, header: 100_000 }]),
      /a\.npy ends at byte \d+, but what follows begins at/,
    ],
    [
      'has an entry where none is',
      forged([{ name: 'a.npy', data: joined('xx', array), header: 2 }]),
      /a\.npy ends at byte|a\.npy has no header at byte 2/,
    ],
    ['is encrypted', forged([{ name: 'a.npy', data: array, flags: 1 }]), /a\.npy is encrypted/],
    [
      'is packed in an unknown way',
      forged([{ name: 'a.npy', data: array, method: 14 }]),
      /a\.npy is packed by method 14/,
    ],
    [
      'stores fewer bytes than it says',
      forged([{ name: 'a.npy', data: array, size: 2 ** 30 }]),
      /a\.npy is stored, but takes \d+ bytes for 1073741824/,
    ],
    ['is of 4 GiB', forged([{ name: 'a.npy', data: array, size: 0xffffffff }]), /a\.npy is of 4 GiB or more/],
    [
      'deflates nonsense',
      forged([{ name: 'a.npy', data: joined(Uint8Array.of(255, 255), array), size: array.length, method: 8 }]),
      /a\.npy cannot be unpacked/,
    ],
    ['has lost its end', forged([{ name: 'a.npy', data: array }]).subarray(0, -1), /has no directory at its end/],
    [
      'holds something else',
      forged([
        { name: 'a.npy', data: array },
        { name: 'run.sh', data: array },
      ]),
      /holds run\.sh, which is no array/,
    ],
  ])('that %s is refused', async (_, bytes, message) => {
    await expect(opening(bytes)).rejects.toThrow(message);
  });
});

describe('an array', () => {
  const header = (descr: string, shape: string, order = 'False') =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  it.each<[string, Uint8Array, RegExp]>([
    [
      'of more numbers than there are',
      npy(header("'<f4'", '(1000000000,)')),
      /has 4 bytes of elements, but \[1000000000\] of F32 takes 4000000000/,
    ],
    ['of a negative size', npy(header("'<f4'", '(-1,)')), /not a dict of descr, fortran_order and shape/],
    ['of a size beyond counting', npy(header("'<f4'", '(9999999999999999999,)')), /has the shape/],
    [
      'with a program in its header',
      npy(header("__import__('os').system('true')", '(1,)')),
      /not a dict of descr, fortran_order and shape/,
    ],
    ['with more than a dict', npy(`${header("'<f4'", '(1,)').trim()} or exit()\n`), /not a dict of descr/],
    [
      'whose header is longer than the file',
      joined(npy('').subarray(0, 8), little(60_000, 2)),
      /says its header has 60000 bytes, more than 10000/,
    ],
    [
      'of a later version',
      joined(array.subarray(0, 6), Uint8Array.of(9), array.subarray(7)),
      /is of version 9, not 1 to 3/,
    ],
    ['cut in its header', array.subarray(0, 30), /says its header has 58 bytes, but ends before/],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(opening(bytes, 'a.npy')).rejects.toThrow(message);
  });
});

describe('a protobuf', () => {
  const field = (number: number, content: Uint8Array | string) => {
    const bytes = joined(content);
    return joined(varint(number * 8 + 2), varint(bytes.length), bytes);
  };
  const varint = (value: number): Uint8Array =>
    value < 128 ? Uint8Array.of(value) : joined(Uint8Array.of((value % 128) + 128), varint(Math.floor(value / 128)));
  const minusOne = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
  const layer = (...blobs: Uint8Array[]) => field(100, joined(field(1, 'fc'), ...blobs.map((blob) => field(7, blob))));
  const shape = (...sizes: Uint8Array[]) => field(7, field(1, joined(...sizes)));
  const data = (bytes: number) => field(5, new Uint8Array(bytes));

  it.each<[string, Uint8Array, RegExp]>([
    [
      'that is cut short',
      layer(data(8)).subarray(0, -3),
      /has a protobuf field of \d+ bytes at byte \d+, but its message ends at/,
    ],
    [
      'with a field longer than its message',
      joined(varint(802), varint(2 ** 40)),
      /has a protobuf field of 1099511627776 bytes at byte \d+, but its message ends at/,
    ],
    ['with an endless number', new Uint8Array(40).fill(255), /has a protobuf number of more than ten bytes/],
    ['with a group', Uint8Array.of(0x0b, 0x0c), /has no protobuf field at byte 1: number 1, kind 3/],
    ['with a field 0', Uint8Array.of(0, 0), /number 0, kind 0/],
    ['with a negative size', layer(joined(shape(minusOne), data(4))), /fc\.weight: has the shape \[-1\]/],
    [
      'with sizes beyond counting',
      layer(joined(shape(varint(2 ** 40), varint(2 ** 40)), data(4))),
      /fc\.weight: has 1 numbers, but \[1099511627776,1099511627776\] takes/,
    ],
    [
      'with fewer numbers than its shape',
      layer(joined(shape(varint(3)), data(8))),
      /fc\.weight: has 2 numbers, but \[3\] takes 3/,
    ],
    ['with half a number', layer(data(7)), /fc\.weight: has 7 bytes of numbers of 4 bytes/],
    ['with two layers of a name', joined(layer(data(4)), layer(data(4))), /has two layers of the name fc/],
    ['of the form of 2013', field(2, field(1, field(1, 'fc'))), /has layers of Caffe's form of 2013 \(V0\)/],
    [
      'with a name of a million letters',
      field(100, field(1, new Uint8Array(1e6))),
      /has a layer's name of 1000000 bytes/,
    ],
    ['without weights', field(1, 'net'), /has no layers with weights/],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(opening(bytes, 'net.caffemodel')).rejects.toThrow(message);
  });
});

describe('an HDF5 file', () => {
  const address = (bytes: Uint8Array, text: string) => Buffer.from(bytes).indexOf(text);
  const patched = (bytes: Uint8Array, at: number, ...values: Uint8Array[]) => {
    const result = bytes.slice();
    result.set(joined(...values), at);
    return result;
  };
  const node = (level: number, ...children: number[]) =>
    joined(
      'TREE',
      Uint8Array.of(0, level),
      little(children.length, 2),
      new Uint8Array(16).fill(255),
      ...children.map((child) => joined(little(0, 8), little(child, 8))),
      little(0, 8),
    );

  it('whose tree leads through the same nodes 2^30 times is refused', async () => {
    const good = await fixture('net.h5');
    const root = address(good, 'TREE');
    const size = node(1, 0, 0).length;
    const levels = Array.from({ length: 29 }, (_, index) => {
      const next = index === 28 ? root : good.length + (index + 1) * size;
      return node(29 - index, next, next);
    });
    const bytes = joined(patched(good, root, node(30, good.length, good.length)), ...levels);
    await expect(opening(bytes)).rejects.toThrow(/has a tree that comes to byte \d+ twice/);
  });

  it('that says a small array is large is refused', async () => {
    const good = await fixture('earliest.h5');
    // A dataspace of version 1 with 2 axes, 3 x 4, and the same sizes as its greatest.
    const space = Buffer.from(good).indexOf(joined(Uint8Array.of(1, 2, 1, 0, 0, 0, 0, 0), little(3, 8), little(4, 8)));
    expect(space).toBeGreaterThan(0);
    const large = patched(good, space + 8, little(2 ** 31, 8));
    await expect(opening(large)).rejects.toThrow(/has 48 bytes, but \[2147483648,4\] of F32 takes 34359738368/);
    const chunked = Buffer.from(good).indexOf(
      joined(Uint8Array.of(1, 2, 1, 0, 0, 0, 0, 0), little(10, 8), little(7, 8)),
    );
    const many = patched(good, chunked + 8, little(2 ** 31, 8));
    await expect(opening(many)).rejects.toThrow(/has 9 of its 1610612736 chunks/);
  });

  it('that is cut anywhere is refused', async () => {
    const good = await fixture('net.h5');
    for (let length = 8; length < good.length; length += 997)
      await expect(opening(good.subarray(0, length)), `${length} bytes`).rejects.toThrow(
        /ends at \d+|holds no numbers|needs more/,
      );
  });
});
