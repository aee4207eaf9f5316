import { elements } from '@zoo/core';
import { type Bytes, partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { contiguousTensor, unreadableTensor, withoutPartialReads } from '../../elements/stored-tensor.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { integersOf, textOf } from '../../protobuf/scalars.ts';
import type { OpenSibling } from '../../sources/byte-source.ts';
import { bytesPerElement, type Dtype, type StoredTensor } from '../../tensor.ts';
import { typedData } from './typed-data.ts';

/** Field numbers of TensorProto in onnx.proto. */
const tensor = { dims: 1, type: 2, name: 8, raw: 9, external: 13, location: 14 } as const;

/** TensorProto.DataType, and the field that holds numbers of it where `raw_data` does not. */
const types: Readonly<Record<number, { dtype: Dtype; field: number }>> = {
  1: { dtype: 'F32', field: 4 },
  2: { dtype: 'U8', field: 5 },
  3: { dtype: 'I8', field: 5 },
  4: { dtype: 'U16', field: 5 },
  5: { dtype: 'I16', field: 5 },
  6: { dtype: 'I32', field: 5 },
  7: { dtype: 'I64', field: 7 },
  9: { dtype: 'BOOL', field: 5 },
  10: { dtype: 'F16', field: 5 },
  11: { dtype: 'F64', field: 10 },
  12: { dtype: 'U32', field: 11 },
  13: { dtype: 'U64', field: 11 },
  16: { dtype: 'BF16', field: 5 },
  17: { dtype: 'F8_E4M3', field: 5 },
  19: { dtype: 'F8_E5M2', field: 5 },
};

const maxTextLength = 10_000_000;
const maxAxes = 64;
const externalLocation = 1;

export const textIn = (source: MeteredBytes, field: Field): string | Promise<string> =>
  textOf(source, field, 'text', maxTextLength);

/** Objects that a pair of texts takes, besides those of the texts. */
const ofAPair = 2;

/** A pair of texts (StringStringEntryProto). */
export async function pairOf(source: MeteredBytes, { start, end }: Field): Promise<[key: string, value: string]> {
  source.meter.spend('objects', ofAPair);
  let [key, value] = ['', ''];
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      if (field.wire !== 2) continue;
      if (field.number === 1) key = await textIn(source, field);
      if (field.number === 2) value = await textIn(source, field);
    }
  return [key, value];
}

/** Numbers that lie in another file, by its name, a place and a length (ExternalDataInfo of onnx). */
async function externalBytes(
  entries: ReadonlyMap<string, string>,
  expected: number,
  place: string,
  beside: OpenSibling,
): Promise<Bytes> {
  const location = entries.get('location')?.replace(/^\.\//, '') ?? '';
  const whole = await beside(location);
  const number = (key: string, otherwise: number) => {
    const text = entries.get(key);
    const value = text === undefined ? otherwise : /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value)) throw damaged(place, `has the ${key} ${JSON.stringify(text?.slice(0, 40))}`);
    return value;
  };
  const [offset, length] = [number('offset', 0), number('length', expected)];
  if (length !== expected || offset + expected > whole.size)
    throw damaged(
      place,
      `lies at bytes [${offset},${offset + length}] of the ${whole.size} of ${location}, but takes ${expected}`,
    );
  return partOf(whole, offset, expected);
}

/** A constant (TensorProto). One of a type that is not read spoils nothing but itself. */
export async function readTensor(source: MeteredBytes, message: Field, beside: OpenSibling): Promise<StoredTensor> {
  source.meter.spend('objects', objectsPerTensor);
  const shape: number[] = [];
  const external = new Map<string, string>();
  let [name, type, isExternal] = ['', 0, false];
  let raw: Field | undefined;
  for await (const batch of fieldBatches(source, message.start, message.end))
    for (const field of batch) {
      if (field.number === tensor.dims) shape.push(...(await integersOf(source, field, source.name, maxAxes)));
      if (field.number === tensor.type) type = field.value;
      if (field.number === tensor.name && field.wire === 2) name = await textIn(source, field);
      if (field.number === tensor.raw && field.wire === 2 && field.end > field.start) raw = field;
      if (field.number === tensor.external && field.wire === 2) external.set(...(await pairOf(source, field)));
      if (field.number === tensor.location) isExternal = field.value === externalLocation;
      if (shape.length > maxAxes) throw damaged(source.name, `has a tensor of more than ${maxAxes} axes`);
    }
  const place = `${source.name}: ${name.slice(0, 200)}`;
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 0)) throw damaged(place, `has the shape [${shape}]`);
  const known = types[type];
  if (!known) {
    const what = type === 8 ? 'holds texts' : `has numbers of ONNX's type ${type}, which are not read`;
    return unreadableTensor(name, shape, unsupported(place, what, 'Convert them to floats'));
  }
  const { dtype } = known;
  const expected = elements(shape) * bytesPerElement[dtype];
  if (isExternal || external.size > 0)
    return contiguousTensor({ name, dtype, shape, bytes: await externalBytes(external, expected, place, beside) });
  if (!raw) {
    const typed = await typedData(source, message, { dtype, field: known.field, count: elements(shape), place });
    const stored = contiguousTensor({ name, dtype, shape, bytes: typed.bytes });
    return typed.inRows ? stored : withoutPartialReads(stored);
  }
  const held = raw.end - raw.start;
  if (held !== expected) throw damaged(place, `has ${held} bytes, but [${shape}] of ${dtype} takes ${expected}`);
  return contiguousTensor({ name, dtype, shape, bytes: partOf(source, raw.start, expected) });
}
