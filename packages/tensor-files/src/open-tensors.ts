import { ZooError } from '@zoo/core';
import { openZip } from './codecs/zip/open-zip.ts';
import type { FileHead, Format } from './format.ts';
import { formats } from './formats.ts';
import type { MeteredBytes } from './meter.ts';
import { openFile } from './open-file.ts';
import type { OpenOptions, TensorSource } from './sources/tensor-source.ts';
import type { TensorFile } from './tensor.ts';

async function fileHead(source: MeteredBytes): Promise<FileHead> {
  const start = await source.read(0, Math.min(64, source.size));
  const isZip = [0x50, 0x4b, 0x03, 0x04].every((byte, index) => start[index] === byte);
  return { start, entries: isZip ? [...(await openZip(source)).entries.keys()] : [] };
}

/** The name of a file without the query of a URL. */
const fileName = (name: string): string => (name.split('?')[0] ?? name).toLowerCase();

/** A tensor file inside an archive, which the user may have meant. */
const packed = (entries: readonly string[]): string | undefined =>
  entries.find(
    (entry) =>
      !/(?:^|\/)(?:__MACOSX|\.)/.test(entry) &&
      formats.some(({ endings }) => endings.some((ending) => entry.toLowerCase().endsWith(ending))),
  );

/** The format of a file, by its content, else by its extension. */
async function formatOf(source: MeteredBytes): Promise<Format> {
  const seen = await fileHead(source);
  const name = fileName(source.name);
  const format =
    formats.find(({ recognised }) => recognised?.(seen)) ??
    formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
  if (format) return format;
  const inside = packed(seen.entries);
  if (inside !== undefined)
    throw new ZooError(
      'corrupt-file',
      `${source.name}: is a zip archive of ${inside.slice(0, 100)}. Unpack it, and give the file in it.`,
    );
  const known = formats.map(({ name, endings }) => `${name} (${endings[0]})`).join(', ');
  throw new ZooError(
    'corrupt-file',
    `${source.name}: its format is unknown, both by its ${source.size} bytes and by its name. Pass one of ${known}.`,
  );
}

/**
 * Opens a file of tensors, of any format; nothing but its headers is read until a tensor is asked for. The content says
 * what it is, and where it does not, the ending of the name. The code for its format is loaded then.
 *
 * @param source A path, an address, a Response, a Blob or bytes. A model.json and its shards may be given as a list of Files.
 * @param options What it may cost, and how an address is fetched, checked and kept.
 * @throws ZooError `not-found` or `network` when it cannot be read, `corrupt-file` when it is damaged or of another kind,
 *   `too-costly` when it would take more memory or time than its size can account for.
 */
export const openTensors = (source: TensorSource, options: OpenOptions = {}): Promise<TensorFile> =>
  openFile(source, options, formatOf);
