import { elements } from '@zoo/core';
import { partOf } from '../../bytes.ts';
import { damaged } from '../../damaged.ts';
import { contiguousTensor } from '../../elements/stored-tensor.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { integersOf } from '../../protobuf/scalars.ts';
import { readFew } from '../../protobuf/window.ts';
import type { StoredTensor } from '../../tensor.ts';

/** A run of numbers in the file: one, or, packed, many. */
interface Run {
  start: number;
  end: number;
}

/** Caffe's BlobProto without its numbers (caffe.proto). */
export interface Blob {
  /** As the file has it: any axes, or before 2014 always num, channels, height and width. */
  shape: number[];
  legacy: boolean;
  dtype: 'F32' | 'F64';
  /** In the order of the file. Numbers that are not packed are counted here, and found again when they are read. */
  packed: Run | undefined;
  message: Run;
}

const maxAxes = 32;
const legacyAxes = [1, 2, 3, 4];
const dataField = { F32: 5, F64: 8 } as const;
const size = { F32: 4, F64: 8 } as const;
/** The kinds in which `data` and `double_data` may come. */
const single = { F32: 5, F64: 1 } as const;

async function dims(source: MeteredBytes, { start, end }: Field, place: string): Promise<number[]> {
  const shape: number[] = [];
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      if (field.number === 1) shape.push(...(await integersOf(source, field, place, maxAxes)));
      if (shape.length > maxAxes) throw damaged(place, `has a shape of more than ${maxAxes} axes`);
    }
  return shape;
}

/** Reads what a blob says of itself, and checks it against what it has. */
export async function readBlob(source: MeteredBytes, message: Run, place: string): Promise<Blob> {
  source.meter.spend('objects', objectsPerTensor);
  const legacy = new Map<number, number>();
  let shape: number[] | undefined;
  const count = { F32: 0, F64: 0 };
  const runs: Record<'F32' | 'F64', Run[]> = { F32: [], F64: [] };
  for await (const batch of fieldBatches(source, message.start, message.end))
    for (const field of batch) {
      if (field.wire === 0 && legacyAxes.includes(field.number)) legacy.set(field.number, field.value);
      if (field.wire === 2 && field.number === 7) shape = await dims(source, field, place);
      for (const dtype of ['F32', 'F64'] as const) {
        if (field.number !== dataField[dtype] || (field.wire !== 2 && field.wire !== single[dtype])) continue;
        const bytes = field.end - field.start;
        if (bytes % size[dtype]) throw damaged(place, `has ${bytes} bytes of numbers of ${size[dtype]} bytes`);
        count[dtype] += bytes / size[dtype];
        // Two runs are kept at most: with more, the message is walked again.
        if (runs[dtype].length < 2 && bytes > 0) runs[dtype].push({ start: field.start, end: field.end });
      }
    }
  const dtype = count.F64 > 0 ? 'F64' : 'F32';
  const sizes = shape ?? (legacy.size ? legacyAxes.map((axis) => legacy.get(axis) ?? 1) : [count[dtype]]);
  if (sizes.length > maxAxes || sizes.some((one) => !Number.isSafeInteger(one) || one < 0))
    throw damaged(place, `has the shape [${sizes.slice(0, maxAxes)}]`);
  if (elements(sizes) !== count[dtype])
    throw damaged(place, `has ${count[dtype]} numbers, but [${sizes}] takes ${elements(sizes)}`);
  const packed = runs[dtype].length === 1 ? runs[dtype][0] : undefined;
  return { shape: sizes, legacy: !shape && legacy.size > 0, dtype, packed, message };
}

/** Numbers that come one by one, or in several runs, collected. */
async function collect(source: MeteredBytes, { dtype, message }: Blob, total: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(total);
  let done = 0;
  for await (const batch of fieldBatches(source, message.start, message.end))
    for (const field of batch) {
      if (field.number !== dataField[dtype] || (field.wire !== 2 && field.wire !== single[dtype])) continue;
      bytes.set(await readFew(source, field.start, field.end), done);
      done += field.end - field.start;
    }
  return bytes;
}

/** A blob as a tensor of a shape that holds as many numbers. */
export function blobTensor(name: string, shape: readonly number[], blob: Blob, source: MeteredBytes): StoredTensor {
  const { dtype, packed } = blob;
  if (packed)
    return contiguousTensor({
      name,
      dtype,
      shape,
      bytes: partOf(source, packed.start, packed.end - packed.start),
    });
  const total = elements(shape) * size[dtype];
  const { read } = contiguousTensor({
    name,
    dtype,
    shape,
    bytes: { size: total, read: () => collect(source, blob, total) },
  });
  return { name, dtype, shape, read };
}
