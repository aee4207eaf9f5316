import { nearestName, ZooError } from '@zoo/core';
import type { FileToWrite, Format } from './codecs/format.ts';
import { formats } from './codecs/formats.ts';
import type { NamedTensor } from './tensor.ts';

/** How tensors are saved. */
export interface SaveTensorsOptions {
  /** Name of the format. Default: by the ending of the file's name. */
  format?: string;
  /** Texts to be kept with the tensors, where the format has a place for them. Default: none. */
  metadata?: Readonly<Record<string, string>>;
}

const writable = formats.filter(({ files }) => files);

/** The format that a file is to be written in. */
export function writtenFormat(file: string, name?: string): Format {
  const lower = file.toLowerCase();
  const format = name
    ? writable.find((one) => one.name === name)
    : writable.find(({ endings }) => endings.some((ending) => lower.endsWith(ending)));
  if (format) return format;
  const known = writable.map((one) => one.name);
  const nearest = name && nearestName(name, known);
  throw new ZooError(
    'usage',
    name
      ? `${name}: is no format that can be written${nearest ? `, did you mean ${nearest}?` : '.'} Choose one of ${known.join(', ')}.`
      : `${file}: does not say by its ending what it should be. End it in one of ${writable.map(({ endings }) => endings[0]).join(', ')}.`,
  );
}

/** The files that hold these tensors, to be written in this order: one, or shards and then a model.json. */
export function tensorFiles(
  file: string,
  tensors: readonly NamedTensor[],
  { format, metadata = {} }: SaveTensorsOptions = {},
): FileToWrite[] {
  return writtenFormat(file, format).files?.(file, tensors, metadata) ?? [];
}

/**
 * Writes tensors, a tensor at a time, each file whole or not at all. Node only: in a browser, make Blobs of `tensorFiles`.
 *
 * @returns Paths of the files written.
 * @throws ZooError `usage` when the format cannot be written, `disk` when a file cannot.
 */
export async function saveTensors(
  file: string,
  tensors: readonly NamedTensor[],
  options: SaveTensorsOptions = {},
): Promise<string[]> {
  const { writeFileAtomically } = await import('@zoo/core/files');
  const files = tensorFiles(file, tensors, options);
  for (const { path, bytes } of files) await writeFileAtomically(path, bytes());
  return files.map(({ path }) => path);
}
