import { type NamedBytes, partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { tensorInRows } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import { type Field, fields } from '../../protobuf/fields.ts';
import { integersOf, textOf } from '../../protobuf/scalars.ts';
import { bytesPerElement, type Dtype, elements, type StoredTensor } from '../../tensor.ts';

/** Field numbers of onnx.proto. */
const model = { graph: 7, metadata: 14 } as const;
const graph = { initializer: 5 } as const;
const tensor = { dims: 1, type: 2, floats: 4, name: 8, raw: 9, external: 13, location: 14 } as const;

/** TensorProto.DataType. */
const types: Readonly<Record<number, Dtype>> = {
  1: 'F32',
  2: 'U8',
  3: 'I8',
  5: 'I16',
  6: 'I32',
  7: 'I64',
  9: 'BOOL',
  10: 'F16',
  11: 'F64',
  16: 'BF16',
};

const longestText = 10_000_000;
const mostAxes = 64;
const EXTERNAL = 1;

const text = (source: NamedBytes, field: Field): Promise<string> => textOf(source, field, 'text', longestText);

async function initializer(source: NamedBytes, { start, end }: Field): Promise<StoredTensor> {
  const shape: number[] = [];
  let name = '';
  let type = 0;
  let data: Field | undefined;
  for await (const field of fields(source, start, end)) {
    if (field.number === tensor.dims) shape.push(...(await integersOf(source, field, source.name, mostAxes)));
    if (field.number === tensor.type) type = field.value;
    if (field.number === tensor.name && field.wire === 2) name = await text(source, field);
    if ((field.number === tensor.raw || field.number === tensor.floats) && field.wire === 2 && field.end > field.start)
      data = field;
    if (field.number === tensor.external || (field.number === tensor.location && field.value === EXTERNAL))
      throw unsupported(source.name, `keeps ${name || 'a tensor'} in another file`, 'Save it as one file');
    if (shape.length > mostAxes) throw damaged(source.name, `has a tensor of more than ${mostAxes} axes`);
  }
  const place = `${source.name}: ${name}`;
  const dtype = types[type];
  if (!dtype)
    throw unsupported(place, `has numbers of ONNX's type ${type}, which are not read`, 'Convert them to floats');
  const at = data ?? { start: 0, end: 0, number: tensor.raw };
  if (at.number === tensor.floats && dtype !== 'F32')
    throw damaged(place, `keeps numbers of ${dtype} among those of F32`);
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 0)) throw damaged(place, `has the shape [${shape}]`);
  const expected = elements(shape) * bytesPerElement[dtype];
  if (at.end - at.start !== expected)
    throw damaged(place, `has ${at.end - at.start} bytes, but [${shape}] of ${dtype} takes ${expected}`);
  return tensorInRows({
    name,
    dtype,
    shape,
    bytes: partOf(source, at.start, at.end - at.start),
  });
}

/**
 * The constants of an ONNX model (ModelProto of onnx.proto) by their names, and the texts of its metadata. What the graph
 * computes is not looked at.
 *
 * @throws ZooError `corrupt-file` when it is damaged, or keeps its numbers in another file.
 */
export async function readOnnx(source: NamedBytes): Promise<Contents> {
  const tensors = new Map<string, StoredTensor>();
  const metadata: Record<string, string> = {};
  let graphs = 0;
  for await (const field of fields(source, 0, source.size)) {
    if (field.wire !== 2) continue;
    if (field.number === model.graph) {
      graphs += 1;
      for await (const inner of fields(source, field.start, field.end)) {
        if (inner.number !== graph.initializer || inner.wire !== 2) continue;
        const stored = await initializer(source, inner);
        if (tensors.has(stored.name)) throw damaged(source.name, `has two tensors of the name ${stored.name}`);
        tensors.set(stored.name, stored);
      }
    }
    if (field.number === model.metadata) {
      const pair = new Map<number, string>();
      for await (const inner of fields(source, field.start, field.end))
        if (inner.wire === 2) pair.set(inner.number, await text(source, inner));
      const key = pair.get(1);
      if (key !== undefined && key !== '__proto__') metadata[key] = pair.get(2) ?? '';
    }
  }
  if (graphs !== 1) throw damaged(source.name, `has ${graphs} graphs, expected one, so it is no whole .onnx file`);
  return { tensors, metadata };
}
