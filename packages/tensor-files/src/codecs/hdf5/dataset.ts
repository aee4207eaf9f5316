import { elements } from '@zoo/core';
import { partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { contiguousTensor, withoutPartialReads } from '../../elements/stored-tensor.ts';
import type { MeteredBytes } from '../../meter.ts';
import { ofBytes } from '../../sources/of-bytes.ts';
import { bytesPerElement, type StoredTensor } from '../../tensor.ts';
import { type Cursor, type FileReader, undefinedAddress } from './file-reader.ts';
import { numberType } from './number-type.ts';
import type { Message } from './object-header.ts';

const types = { dataspace: 0x01, datatype: 0x03, layout: 0x08, filters: 0x0b } as const;

function shapeOf(message: Cursor): number[] {
  const version = message.u8();
  const rank = message.u8();
  message.skip(version === 1 ? 6 : 2);
  return Array.from({ length: rank }, () => message.u64());
}

/** A dataset of numbers, or undefined where it is of texts or records. */
export async function readDataset(
  name: string,
  messages: readonly Message[],
  file: FileReader,
  source: MeteredBytes,
): Promise<StoredTensor | undefined> {
  const find = (type: number) => messages.find((message) => message.type === type)?.content;
  const [dataspace, datatype, layout] = [find(types.dataspace), find(types.datatype), find(types.layout)];
  const number = datatype && numberType(datatype);
  if (!dataspace || !layout || !number) return undefined;
  const place = `${file.name}: ${name.slice(0, 200)}`;
  const shape = shapeOf(dataspace);
  if (shape.length > 32 || shape.some((size) => !Number.isSafeInteger(size)))
    throw damaged(place, `has the shape [${shape.slice(0, 32)}]`);
  const total = elements(shape) * bytesPerElement[number.dtype];
  const version = layout.u8();
  const kind = layout.u8();
  if (version !== 3 && !(version === 4 && kind < 2))
    throw unsupported(place, `is laid out by version ${version} of HDF5's layouts`, 'Write it with libver="earliest"');
  const check = (held: number) => {
    if (held !== total) throw damaged(place, `has ${held} bytes, but [${shape}] of ${number.dtype} takes ${total}`);
  };
  if (kind === 0) {
    const bytes = layout.bytes(layout.u16());
    check(bytes.length);
    return contiguousTensor({ name, ...number, shape, bytes: ofBytes(bytes) });
  }
  if (kind === 1) {
    const [start, held] = [layout.u64(), layout.u64()];
    if (total === 0) return contiguousTensor({ name, ...number, shape, bytes: ofBytes(new Uint8Array()) });
    check(held);
    if (start >= undefinedAddress) throw unsupported(place, 'was never written', 'Write it before it is read');
    if (!(start + held <= source.size))
      throw damaged(place, `lies at bytes [${start},${start + held}], but the file ends at ${source.size}`);
    return contiguousTensor({ name, ...number, shape, bytes: partOf(source, start, held) });
  }
  if (kind !== 2) throw damaged(place, `is laid out in way ${kind}, not 0 to 2`);
  const [{ chunkedBytes }, { filtersOf }] = await Promise.all([import('./chunks.ts'), import('./filters.ts')]);
  const filters = find(types.filters);
  const read = await chunkedBytes(layout, {
    shape,
    size: bytesPerElement[number.dtype],
    filters: filters ? filtersOf(filters, place) : [],
    place,
    file,
    source,
  });
  const tensor = contiguousTensor({ name, ...number, shape, bytes: { size: total, read } });
  return withoutPartialReads(tensor);
}
