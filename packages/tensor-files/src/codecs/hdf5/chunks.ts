import { elements } from '@zoo/core';
import { damaged, unsupported } from '../../damaged.ts';
import { type MeteredBytes, operationsToInflate } from '../../meter.ts';
import { viewOf } from '../../strided/view.ts';
import { type Cursor, type FileReader, undefinedAddress } from './file-reader.ts';
import { type Filter, unfiltered } from './filters.ts';
import { treeLeaves } from './group.ts';

interface Chunk {
  /** Bytes in the file. */
  stored: number;
  /** Filters that were left out, a bit each. */
  mask: number;
  /** Place of its first number. */
  offset: number[];
}

/** Deflate cannot do better. */
const maxRatio = 1032;

/** Puts a chunk's rows into the whole's. What reaches beyond the whole's edge stands for nothing. */
function place(
  chunk: Uint8Array,
  offset: readonly number[],
  sides: readonly number[],
  whole: Uint8Array,
  shape: readonly number[],
  size: number,
) {
  const strides = viewOf(shape).strides;
  const steps = viewOf(sides).strides;
  const copy = (axis: number, from: number, to: number): void => {
    const fits = Math.min(sides[axis] ?? 1, (shape[axis] ?? 1) - (offset[axis] ?? 0));
    if (axis >= shape.length - 1) {
      whole.set(chunk.subarray(from * size, (from + fits) * size), to * size);
      return;
    }
    for (let index = 0; index < fits; index++)
      copy(axis + 1, from + index * (steps[axis] ?? 0), to + index * (strides[axis] ?? 0));
  };
  copy(
    0,
    0,
    offset.reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), 0),
  );
}

/**
 * The way to a dataset's bytes that lie in chunks, listed in a tree. Every chunk must be there, and hold as many bytes
 * as could be packed into it, so that a small file cannot ask for much memory.
 */
export async function chunkedBytes(
  layout: Cursor,
  {
    shape,
    size,
    filters,
    place: called,
    file,
    source,
  }: {
    shape: readonly number[];
    size: number;
    filters: readonly Filter[];
    place: string;
    file: FileReader;
    source: MeteredBytes;
  },
): Promise<() => Promise<Uint8Array>> {
  const rank = layout.u8() - 1;
  const root = layout.u64();
  const sides = Array.from({ length: Math.max(0, rank) }, () => layout.u32());
  if (rank !== shape.length || rank < 1 || sides.includes(0) || layout.u32() !== size)
    throw damaged(called, `of [${shape}] lies in chunks of [${sides}]`);
  const expected = shape.reduce((product, length, axis) => product * Math.ceil(length / (sides[axis] ?? 1)), 1);
  if (root >= undefinedAddress && expected > 0)
    throw unsupported(called, 'was never written', 'Write it before it is read');
  const chunks =
    expected === 0
      ? []
      : await treeLeaves(file, root, 1, 16 + rank * 8 + 8, (node): { key: Chunk; child: number } => {
          const [stored, mask] = [node.u32(), node.u32()];
          const offset = sides.map(() => node.u64());
          node.skip(8);
          return { key: { stored, mask, offset }, child: node.u64() };
        });
  const bytes = elements(sides) * size;
  const excess = file.meter.excess(bytes, called);
  if (excess && chunks.length > 0) throw excess;
  const corners = new Set<string>();
  for (const { key, child } of chunks) {
    const outside = key.offset.some((at, axis) => at >= (shape[axis] ?? 0) || at % (sides[axis] ?? 1) !== 0);
    if (outside || corners.has(String(key.offset)) || !(child + key.stored <= source.size))
      throw damaged(called, `has a chunk at [${key.offset}] of [${shape}], at byte ${child} of the file`);
    if (bytes > key.stored * (filters.includes('deflate') ? maxRatio : 1))
      throw damaged(called, `says that a chunk of ${key.stored} bytes unpacks to ${bytes}`);
    corners.add(String(key.offset));
    file.claim(key.stored);
    if (filters.includes('deflate')) file.meter.spend('operations', operationsToInflate(bytes));
  }
  if (chunks.length !== expected)
    throw unsupported(called, `has ${chunks.length} of its ${expected} chunks`, 'Write all of it before it is read');
  return async () => {
    const whole = new Uint8Array(elements(shape) * size);
    for (const { key, child } of chunks) {
      const applied = filters.filter((_, index) => (key.mask & (1 << index)) === 0);
      const stored = await source.read(child, key.stored);
      place(
        await unfiltered(stored, applied, { length: bytes, size, place: called }),
        key.offset,
        sides,
        whole,
        shape,
        size,
      );
    }
    return whole;
  };
}
