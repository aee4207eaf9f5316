import { bombsOf } from '../bomb.ts';
import { field, joined, list, little, type Piece, repeated, varint, whole, zeros } from '../bytes.ts';

/** TensorProto of onnx.proto. */
const tensor = (name: string, dims: readonly (number | bigint)[], ...rest: Piece[]) =>
  joined(
    dims.map((size) => whole(1, size)),
    whole(2, 1),
    field(8, name),
    rest,
  );
const raw = (bytes: number) => field(9, zeros(bytes));
const pair = (key: string, value: string) => field(13, field(1, key), field(2, value));
const initializer = (...parts: Parameters<typeof tensor>) => field(5, tensor(...parts));
const node = (op: string, inputs: readonly string[], output: string, ...attributes: Piece[]) =>
  field(
    1,
    inputs.map((input) => field(1, input)),
    field(2, output),
    field(3, output),
    field(4, op),
    attributes,
  );
const onnx = (graph: readonly Piece[], ...rest: Piece[]) => ({
  'a.onnx': joined(whole(1, 8), field(2, 'x'), field(7, graph), rest),
});
const external = (location: string, more: readonly Piece[] = []) => [tensorOf([pair('location', location), ...more])];
const tensorOf = (pieces: readonly Piece[]) => initializer('w', [1], ...pieces, whole(14, 1));
/** A graph in an attribute of a node of a graph, and so on. */
function graphsIn(depth: number): Uint8Array {
  let inner: Uint8Array = node('Relu', ['a'], 'b');
  for (let level = 0; level < depth; level++)
    inner = node('If', ['a'], 'b', field(5, field(1, 'then'), field(6, inner), whole(20, 5)));
  return inner;
}

export const onnxBombs = bombsOf('weights', {
  'onnx: 100,000 initializers of nothing': () => onnx(list(1e5, (i) => initializer(`w${i}`, [0]))),
  'onnx: 500,000 initializers without a name': () => onnx(list(5e5, () => field(5))),
  'onnx: 500,000 nodes of nothing': () => onnx([initializer('w', [1], raw(4)), list(5e5, () => field(1))]),
  'onnx: an Identity chain of 100,000': () =>
    onnx([initializer('w0', [1], raw(4)), list(1e5, (i) => node('Identity', [`w${i}`], `w${i + 1}`))]),
  'onnx: an Identity chain, backwards': () =>
    onnx([initializer('w0', [1], raw(4)), list(20_000, (i) => node('Identity', [`w${19_999 - i}`], `w${20_000 - i}`))]),
  'onnx: Identities in a circle': () =>
    onnx([initializer('w', [1], raw(4)), node('Identity', ['a'], 'b'), node('Identity', ['b'], 'a')]),
  'onnx: 30,000 Transposes of one weight': () =>
    onnx([initializer('w', [1, 1], raw(4)), list(30_000, (i) => node('Transpose', ['w'], `t${i}`))]),
  'onnx: 3,000 DequantizeLinear of one weight': () =>
    onnx([
      initializer('w', [1e5], raw(4e5)),
      initializer('s', [1], raw(4)),
      list(3000, (i) => node('DequantizeLinear', ['w', 's'], `d${i}`)),
    ]),
  'onnx: DequantizeLinear, a chain of 3,000': () =>
    onnx([
      initializer('d0', [1e4], raw(4e4)),
      initializer('s', [1], raw(4)),
      list(3000, (i) => node('DequantizeLinear', [`d${i}`, 's'], `d${i + 1}`)),
    ]),
  'onnx: 20,000 Convs of one weight': () =>
    onnx([
      initializer('w', [1, 1, 1, 1], raw(4)),
      list(20_000, (i) => node('Conv', [i ? `c${i - 1}` : 'x', 'w'], `c${i}`)),
    ]),
  'onnx: a node of 300,000 inputs': () =>
    onnx([
      initializer('w', [1], raw(4)),
      node(
        'Concat',
        list(3e5, () => 'w'),
        'c',
      ),
    ]),
  'onnx: a node of 300,000 attributes': () =>
    onnx([
      initializer('w', [1], raw(4)),
      node(
        'Conv',
        ['x', 'w'],
        'c',
        list(3e5, () => field(5, field(1, 'pads'), whole(20, 7))),
      ),
    ]),
  'onnx: an attribute of a million numbers': () =>
    onnx([
      initializer('w', [1], raw(4)),
      node('Conv', ['x', 'w'], 'c', field(5, field(1, 'pads'), field(8, zeros(1e6)), whole(20, 7))),
    ]),
  'onnx: graphs in graphs, 1,000 deep': () => onnx([initializer('w', [1], raw(4)), graphsIn(1000)]),
  'onnx: graphs side by side': () => ({ 'a.onnx': joined(whole(1, 8), field(2, 'x'), repeated(field(7), 1e6)) }),
  'onnx: a dimension of -1': () => onnx([initializer('w', [-1n], raw(4))]),
  'onnx: a dimension of 2^62': () => onnx([initializer('w', [2n ** 62n, 2n ** 62n], raw(4))]),
  'onnx: 100,000 dimensions': () =>
    onnx([
      initializer(
        'w',
        list(1e5, () => 1),
        raw(4),
      ),
    ]),
  'onnx: 10 MB of packed dimensions': () =>
    onnx([field(5, field(1, repeated(Uint8Array.of(1), 1e7)), whole(2, 1), raw(4))]),
  'onnx: a million floats, one by one': () =>
    onnx([initializer('w', [1e6], repeated(joined(varint(4 * 8 + 5), zeros(4)), 1e6))]),
  'onnx: a million int32 for halves, unpacked': () =>
    onnx([field(5, whole(1, 1e6), whole(2, 10), field(8, 'w'), repeated(whole(5, 1), 1e6))]),
  'onnx: more floats than dimensions': () => onnx([initializer('w', [1], field(4, zeros(4e6)))]),
  'onnx: a name of 5 MB': () => onnx([initializer('n'.repeat(5e6), [1], raw(4))]),
  'onnx: 20,000 names of 1,000 letters': () =>
    onnx(list(20_000, (i) => initializer(`${'n'.repeat(1000)}${i}`, [1], raw(4)))),
  'onnx: names with escapes': () => onnx([initializer('\u001b[2J\u0007', [5], raw(4))]),
  'onnx: 300,000 texts of metadata': () =>
    onnx(
      [initializer('w', [1], raw(4))],
      list(3e5, (i) => field(14, field(1, `k${i}`), field(2, 'v'))),
    ),
  'onnx: metadata of 45 MB': () =>
    onnx(
      [initializer('w', [1], raw(4))],
      list(5, () => field(14, field(1, 'k'), field(2, zeros(9e6)))),
    ),
  'onnx: a varint of a million bytes': () => ({
    'a.onnx': joined(whole(1, 8), field(2, 'x'), Uint8Array.of(0x40), repeated(Uint8Array.of(0xff), 1e6)),
  }),
  'onnx: external data in a parent folder': { ends: 'refused', files: () => onnx(external('../../../../etc/passwd')) },
  'onnx: external data by an absolute path': { ends: 'refused', files: () => onnx(external('/etc/passwd')) },
  'onnx: external data from a device': { ends: 'refused', files: () => onnx(external('/dev/zero')) },
  'onnx: external data from itself': () => onnx(external('a.onnx')),
  'onnx: external data at 2^60': () =>
    onnx(external('d.bin', [pair('offset', String(2n ** 60n)), pair('length', '4')])),
  'onnx: 20,000 tensors in one external file': () => ({
    ...onnx(
      list(20_000, (i) => initializer(`w${i}`, [250], pair('location', 'd.bin'), pair('length', '1000'), whole(14, 1))),
    ),
    'd.bin': zeros(1000),
  }),
  'onnx: 5,000 external files': () =>
    onnx(list(5000, (i) => initializer(`w${i}`, [1], pair('location', `${i}.bin`), whole(14, 1)))),
  'onnx: a billion floats in an external file of 4 bytes': () => ({
    ...onnx([initializer('w', [1e9], pair('location', 'd.bin'), whole(14, 1))]),
    'd.bin': zeros(4),
  }),
});

const shape = (...sizes: (number | bigint)[]) => field(7, field(1, ...sizes.map((size) => varint(size))));
const layer = (name: string, ...rest: Piece[]) => field(100, field(1, name), field(2, 'Convolution'), ...rest);
const blob = (...parts: Piece[]) => field(7, ...parts);
const data = (bytes: number) => field(5, zeros(bytes));
const caffe = (...parts: Piece[]) => ({ 'a.caffemodel': joined(field(1, 'net'), parts) });

export const caffeBombs = bombsOf('weights', {
  'caffe: 300,000 layers of nothing': () => caffe(repeated(field(100), 3e5)),
  'caffe: 100,000 layers of a blob': () => caffe(list(1e5, (i) => layer(`l${i}`, blob(data(4))))),
  'caffe: a layer of 100,000 blobs': () => caffe(layer('l', repeated(blob(data(4)), 1e5))),
  'caffe: 100,000 layers of one name': () => caffe(repeated(layer('l', blob(data(4))), 1e5)),
  'caffe: a blob of 2^62 x 2^62': () => caffe(layer('l', blob(shape(2n ** 62n, 2n ** 62n), data(4)))),
  'caffe: a negative size': () => caffe(layer('l', blob(shape(-1n), data(4)))),
  'caffe: a million axes': () => caffe(layer('l', blob(field(7, field(1, repeated(varint(1), 1e6))), data(4)))),
  'caffe: a million floats, one by one': () => caffe(layer('l', blob(repeated(joined(varint(45), zeros(4)), 1e6)))),
  'caffe: a million pieces of a float': () => caffe(layer('l', blob(shape(1e6), repeated(data(4), 1e6)))),
  'caffe: 5 million empty pieces': () => caffe(layer('l', blob(shape(1), repeated(data(0), 5e6), data(4)))),
  'caffe: doubles and floats': () => caffe(layer('l', blob(shape(2), data(8), field(8, zeros(16))))),
  'caffe: groups 100,000 deep': () => caffe(repeated(Uint8Array.of(0x0b), 1e5)),
  'caffe: V1 and V2 in turn': () =>
    caffe(
      list(20_000, (i) =>
        joined(layer(`a${i}`, blob(data(4))), field(2, field(4, `b${i}`), whole(5, 4), field(6, data(4)))),
      ),
    ),
  'caffe: parameters of a million kernels': () =>
    caffe(layer('l', field(106, repeated(whole(4, 3), 1e6)), blob(data(4)))),
  'caffe: 200,000 transforms': () => caffe(layer('l', repeated(field(100, whole(1, 1)), 2e5), blob(data(4)))),
  'caffe: 10,000 names of 900 letters': () => caffe(list(1e4, (i) => layer(`${'n'.repeat(900)}${i}`, blob(data(4))))),
  'caffe: a name with escapes': () => caffe(layer('\u001b[2J\u0007', blob(shape(7), data(4)))),
  'caffe: a length of 2^63': () => ({ 'a.caffemodel': joined(varint(802), varint(2n ** 63n), zeros(16)) }),
  'binaryproto: a picture of 2^31 channels': () => ({
    'a.binaryproto': joined(whole(1, 1), whole(2, 2 ** 31 - 1), whole(3, 2 ** 31 - 1), whole(4, 2 ** 31 - 1), data(4)),
  }),
  'binaryproto: bytes for floats': () => ({
    'a.binaryproto': joined(field(7, field(1, varint(1e9))), field(5, little(0, 3))),
  }),
});
