import { ZooError } from '@zoo/core';
import { type ByteSource, type OpenOptions, openBytes, type WeightsSource } from './byte-source.ts';
import { besideOf } from './codecs/beside.ts';
import type { Format, Glimpse } from './codecs/format.ts';
import { formats } from './codecs/formats.ts';
import { openZip } from './codecs/zip/open-zip.ts';
import type { TensorFile } from './tensor.ts';

async function glimpse(source: ByteSource): Promise<Glimpse> {
  const start = await source.read(0, Math.min(64, source.size));
  const isZip = [0x50, 0x4b, 0x03, 0x04].every((byte, index) => start[index] === byte);
  return { start, entries: isZip ? [...(await openZip(source)).entries.keys()] : [] };
}

/** An address may have a query behind its path. */
const fileName = (name: string): string => (name.split('?')[0] ?? name).toLowerCase();

/** What a file is by its content, else by the ending of its name. */
async function formatOf(source: ByteSource): Promise<Format> {
  const seen = await glimpse(source);
  const name = fileName(source.name);
  const format =
    formats.find(({ recognised }) => recognised?.(seen)) ??
    formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
  if (format) return format;
  const known = formats.map(({ name, endings }) => `${name} (${endings[0]})`).join(', ');
  throw new ZooError(
    'corrupt-file',
    `${source.name}: is of a kind that is not known, neither by its ${source.size} bytes nor by its name. Give one of ${known}.`,
  );
}

/**
 * Opens a file of tensors, of any format; nothing but its headers is read until a tensor is asked for. The content says
 * what it is, and where it does not, the ending of the name.
 *
 * @param source A path, an address, a Blob or bytes. A model.json and its shards may be given as a list of Files.
 * @param options How an address is fetched, checked and kept.
 * @throws ZooError `not-found` or `network` when it cannot be read, `corrupt-file` when it is damaged or of another kind.
 */
export async function openTensors(
  source: WeightsSource | readonly File[],
  options: OpenOptions = {},
): Promise<TensorFile> {
  const files = isFiles(source) ? source : [];
  const first = isFiles(source) ? (source.find(({ name }) => name.endsWith('.json')) ?? source[0]) : source;
  if (first === undefined) throw new ZooError('usage', 'openTensors: is given no files. Give at least one.');
  const bytes = await openBytes(first, options);
  try {
    const format = await formatOf(bytes);
    const { size, sha256 } = bytes;
    const opened = await format.open(bytes, besideOf(first, files, options));
    return { ...opened, format: format.name, size, ...(sha256 !== undefined && { sha256 }) };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

const isFiles = (source: WeightsSource | readonly File[]): source is readonly File[] => Array.isArray(source);
