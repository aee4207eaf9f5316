import { describe, expect, it } from 'vitest';
import { openTensors } from '../../open-tensors.ts';
import { concatenated, content, integer } from '../../protobuf/message.ts';

// Files as onnx's helpers, onnxruntime's quantiser and torch.onnx.export write them, a message at a time.

const bytesOf = ({ buffer }: { buffer: ArrayBufferLike }) => Uint8Array.from(new Uint8Array(buffer));
const tensor = (name: string, shape: readonly number[], type: number, ...data: Uint8Array[]) =>
  concatenated([...shape.map((size) => integer(1, size)), integer(2, type), content(8, name), ...data]);
const initializer = (...args: Parameters<typeof tensor>) => content(5, tensor(...args));
const node = (op: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]) =>
  content(1, ...inputs.map((one) => content(1, one)), content(2, output), content(4, op), ...attributes);
const model = (...graph: Uint8Array[]) =>
  new File([Uint8Array.from(concatenated([integer(1, 9), content(2, 'test'), content(7, ...graph)]))], 'a.onnx');
const floats = (...values: number[]) => content(9, bytesOf(Float32Array.from(values)));
const minus1 = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1);

const read = async (files: File | File[], name: string) => {
  const file = await openTensors(files);
  return [...((await file.tensors.get(name)?.read()) ?? [])];
};

describe('constants of ONNX', () => {
  it.each<[string, number, Uint8Array, number[]]>([
    ['float16 in int32_data', 10, content(5, Uint8Array.of(0x80, 0x78, 0x80, 0x80, 0x03)), [1, -2]],
    ['int8 in int32_data', 3, content(5, minus1, Uint8Array.of(5)), [-1, 5]],
    ['int32 in int32_data, each in a field', 6, concatenated([integer(5, 300), integer(5, 7)]), [300, 7]],
    ['int64 in int64_data', 7, content(7, minus1, Uint8Array.of(0xb4, 0x01)), [-1, 180]],
    ['uint32 in uint64_data', 12, content(11, Uint8Array.of(5, 0x80, 0x80, 0x80, 0x80, 0x08)), [5, 2 ** 31]],
    ['double in double_data', 11, content(10, bytesOf(Float64Array.of(0.5, -3))), [0.5, -3]],
    ['float in float_data', 1, content(4, bytesOf(Float32Array.of(0.5, -3))), [0.5, -3]],
    ['float8 in raw_data', 17, content(9, Uint8Array.of(0x38, 0xc0)), [1, -2]],
  ])('%s', async (_, type, data, expected) => {
    expect(await read(model(initializer('w', [2], type, data)), 'w')).toEqual(expected);
  });

  it('refuse another number of numbers than the shape has', async () => {
    await expect(openTensors(model(initializer('w', [3], 3, content(5, Uint8Array.of(1, 2)))))).rejects.toThrow(
      /w: has 2 bytes in its field 5, but 3 numbers of I8 to hold/,
    );
    await expect(read(model(initializer('w', [2], 3, content(5, Uint8Array.of(1, 2, 3)))), 'w')).rejects.toThrow(
      /w: has 3 numbers in its field 5, but 2 to hold/,
    );
  });

  it('of Constant nodes, and under another name', async () => {
    const value = content(5, content(1, 'value'), content(5, tensor('', [2], 1, floats(1, 2))), integer(20, 4));
    const file = model(node('Constant', [], 'w', value), node('Identity', ['w'], 'tied'));
    expect(await read(file, 'w')).toEqual([1, 2]);
    expect(await read(file, 'tied')).toEqual([1, 2]);
  });

  it('texts spoil nothing', async () => {
    const file = model(initializer('labels', [1], 8, content(6, 'cat')), initializer('w', [1], 1, floats(3)));
    expect(await read(file, 'w')).toEqual([3]);
    await expect(read(file, 'labels')).rejects.toThrow(/labels: holds texts/);
  });

  it('whole numbers come as the floats that DequantizeLinear makes of them, in the order of their use', async () => {
    const axis = content(5, content(1, 'axis'), integer(3, 0), integer(20, 2));
    const file = model(
      node('DequantizeLinear', ['b_quantized', 'b_scale', 'b_zero'], 'b'),
      node('DequantizeLinear', ['w_quantized', 'w_scale'], 'w_DequantizeLinear_Output', axis),
      node('Gemm', ['x', 'w_DequantizeLinear_Output'], 'h'),
      node('Add', ['h', 'b'], 'y'),
      initializer('b_quantized', [2], 3, content(9, Uint8Array.of(10, 12))),
      initializer('b_scale', [], 1, floats(0.5)),
      initializer('b_zero', [], 3, content(9, Uint8Array.of(8))),
      initializer('w_quantized', [2, 1], 3, content(9, Uint8Array.of(1, 255))),
      initializer('w_scale', [2], 1, floats(2, 3)),
    );
    expect([...(await openTensors(file)).tensors.keys()]).toEqual(['w', 'b']);
    expect(await read(file, 'w')).toEqual([2, -3]);
    expect(await read(file, 'b')).toEqual([1, 2]);
  });

  const external = (location: string, offset: string) =>
    concatenated([
      ...[
        ['location', location],
        ['offset', offset],
        ['length', '8'],
      ].map(([key = '', value = '']) => content(13, content(1, key), content(2, value))),
      integer(14, 1),
    ]);
  const data = new File([bytesOf(Float32Array.of(0, 1, 2))], 'a.onnx.data');

  it('in a file beside it', async () => {
    const file = model(initializer('w', [2], 1, external('a.onnx.data', '4')));
    expect(await read([data, file], 'w')).toEqual([1, 2]);
    await expect(openTensors([file])).rejects.toThrow(/a\.onnx: needs a\.onnx\.data, which is not among the files/);
  });

  it.each([
    ['outside its folder', '../secret', '0', /names the file "\.\.\/secret", which may lie outside its folder/],
    ['beyond the end', 'a.onnx.data', '8', /w: lies at bytes \[8,16\] of the 12 of a\.onnx\.data, but takes 8/],
    ['at no number', 'a.onnx.data', '-4', /w: has the offset "-4"/],
  ])('in a file beside it, but %s, are refused', async (_, location, offset, message) => {
    const file = model(initializer('w', [2], 1, external(location, offset)));
    await expect(openTensors([data, file])).rejects.toThrow(message);
  });
});
