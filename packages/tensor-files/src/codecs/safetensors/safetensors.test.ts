import { describe, expect, it } from 'vitest';
import { openSafetensors, safetensorsBytes } from '../../safetensors.ts';
import type { NamedTensor } from '../../tensor.ts';

const open = openSafetensors;

const written = async (tensors: NamedTensor[], metadata?: Record<string, string>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of safetensorsBytes(tensors, metadata)) pieces.push(piece.slice());
  return new Uint8Array(Buffer.concat(pieces));
};

const tensor = (name: string, shape: number[], values: number[]): NamedTensor => ({
  name,
  shape,
  data: () => Float32Array.from(values),
});

/** A file with any header, right or wrong. */
const file = (header: unknown, data: Uint8Array = new Uint8Array(), length?: number): Uint8Array => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
};

const entry = (dtype: string, shape: unknown, offsets: unknown) => ({ dtype, shape, data_offsets: offsets });

describe('safetensors', () => {
  it('reads what it wrote, bit for bit, with texts and odd numbers', async () => {
    const values = [1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, 3.4028234663852886e38];
    const bytes = await written([tensor('a', [2, 3], values), tensor('empty', [0, 4], []), tensor('scalar', [], [7])], {
      note: 'ß',
    });
    const opened = await open(bytes);
    expect(opened.metadata).toEqual({ note: 'ß' });
    expect([...opened.tensors.values()].map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['a', 'F32', [2, 3]],
      ['empty', 'F32', [0, 4]],
      ['scalar', 'F32', []],
    ]);
    expect(await opened.tensors.get('a')?.read()).toEqual(Float32Array.from(values));
    expect(await opened.tensors.get('scalar')?.read()).toEqual(Float32Array.of(7));
  });

  it('begins the data on a multiple of 8', async () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      const bytes = await written([tensor(name, [1], [1])]);
      expect((bytes.length - 4) % 8).toBe(0);
    }
  });

  it('reads every type as floats', async () => {
    const cases: [string, Uint8Array, number[]][] = [
      ['F64', new Uint8Array(Float64Array.of(0.5, -3).buffer), [0.5, -3]],
      [
        'F16',
        new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555).buffer),
        [1, -2, 2 ** -24, Number.POSITIVE_INFINITY, 0.333251953125],
      ],
      ['BF16', new Uint8Array(Uint16Array.of(0x3f80, 0xc000).buffer), [1, -2]],
      ['I64', new Uint8Array(BigInt64Array.of(-7n, 9n).buffer), [-7, 9]],
      ['I32', new Uint8Array(Int32Array.of(-7, 9).buffer), [-7, 9]],
      ['I16', new Uint8Array(Int16Array.of(-7, 9).buffer), [-7, 9]],
      ['I8', new Uint8Array(Int8Array.of(-7, 9).buffer), [-7, 9]],
      ['U64', new Uint8Array(BigUint64Array.of(7n, 9n).buffer), [7, 9]],
      ['U32', new Uint8Array(Uint32Array.of(4_000_000_000, 9).buffer), [4_000_000_000, 9]],
      ['U16', new Uint8Array(Uint16Array.of(65_535, 9).buffer), [65_535, 9]],
      // The largest, the smallest normal, a subnormal one.
      ['F8_E4M3', Uint8Array.of(0x7e, 0x08, 0x81, 0xbc), [448, 2 ** -6, -(2 ** -9), -1.5]],
      ['F8_E5M2', Uint8Array.of(0x7b, 0x04, 0x81, 0x7c), [57344, 2 ** -14, -(2 ** -16), Number.POSITIVE_INFINITY]],
      ['U8', Uint8Array.of(200, 9), [200, 9]],
      ['BOOL', Uint8Array.of(1, 0), [1, 0]],
    ];
    for (const [dtype, data, expected] of cases) {
      const opened = await open(file({ x: entry(dtype, [expected.length], [0, data.length]) }, data));
      expect(await opened.tensors.get('x')?.read(), dtype).toEqual(Float32Array.from(expected));
    }
  });

  it('takes null for no metadata, as the reference implementation does', async () => {
    expect((await open(file({ __metadata__: null, x: entry('U8', [1], [0, 1]) }, Uint8Array.of(3)))).metadata).toEqual(
      {},
    );
  });

  it('refuses an unknown type only when its numbers are asked for', async () => {
    const header = { x: entry('F4', [2], [0, 1]), y: entry('U8', [1], [1, 2]) };
    const opened = await open(file(header, Uint8Array.of(3, 4)));
    expect([...((await opened.tensors.get('y')?.read()) ?? [])]).toEqual([4]);
    await expect(opened.tensors.get('x')?.read()).rejects.toThrow(
      /x: has elements of the type "F4", which is not read/,
    );
  });

  const eight = new Uint8Array(8);
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /is empty \(0 bytes\)/],
    ['a header beyond the end', file('{}', eight, 1000), /says its header has 1000 bytes, but has 18 in all/],
    ['a header as large as memory', file('{}', eight, Number.MAX_SAFE_INTEGER), /more than 100000000/],
    ['no JSON', file('{"a"'), /header that is no JSON/],
    ['no text', file('').subarray(0, 8), /header that is no JSON/],
    ['a list', file([]), /header that is no object/],
    [
      'a negative size',
      file({ x: entry('F32', [-1], [0, 4]) }, eight),
      /x\.shape\[0\]: expected a whole number from 0/,
    ],
    [
      'a size that is no number',
      file({ x: entry('F32', ['1'], [0, 4]) }, eight),
      /x\.shape\[0\]: expected a whole number/,
    ],
    ['a place outside', file({ x: entry('F32', [4], [0, 16]) }, eight), /x: lies at bytes \[0,16\] of 8/],
    ['a place backwards', file({ x: entry('F32', [0], [4, 0]) }, eight), /x: lies at bytes \[4,0\] of 8/],
    ['three offsets', file({ x: entry('F32', [1], [0, 4, 8]) }, eight), /x: lies at bytes \[0,4,8\] of 8/],
    [
      'too few bytes for the shape',
      file({ x: entry('F32', [2], [0, 4]) }, eight),
      /x: has 4 bytes, but \[2\] of F32 takes 8/,
    ],
    ['a shape beyond counting', file({ x: entry('F32', [2 ** 40, 2 ** 40], [0, 8]) }, eight), /x: has 8 bytes, but/],
    [
      'an overlap',
      file({ x: entry('F32', [2], [0, 8]), y: entry('F32', [1], [4, 8]) }, eight),
      /y begins at byte 4, but the tensor before it ends at 8/,
    ],
    ['a gap', file({ x: entry('F32', [1], [4, 8]) }, eight), /x begins at byte 4, but the tensor before it ends at 0/],
    [
      "data that is nobody's",
      file({ x: entry('F32', [1], [0, 4]) }, eight),
      /has 8 bytes of data, but its tensors take 4/,
    ],
    ['texts that are no texts', file({ __metadata__: { a: 1 } }), /__metadata__\.a: expected a text/],
    [
      'an unknown field',
      file({ x: { ...entry('F32', [1], [0, 4]), y: 1 } }, eight.subarray(4)),
      /x\.y: expected no such field/,
    ],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(open(bytes)).rejects.toThrow(message);
  });

  it('refuses a file cut anywhere', async () => {
    const bytes = await written([tensor('a', [2, 3], [1, 2, 3, 4, 5, 6]), tensor('b', [1], [1])]);
    for (let length = 0; length < bytes.length; length++)
      await expect(open(bytes.slice(0, length)), `${length} bytes`).rejects.toThrow(
        /not a whole safetensors file|Fetch or write the file anew/,
      );
  });
});
