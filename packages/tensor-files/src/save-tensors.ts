import { nearestName, ZooError } from '@zoo/core';
import { writeFiles } from '#files';
import type { FileToWrite, Format } from './format.ts';
import { formats } from './formats.ts';
import type { NamedTensor } from './tensor.ts';

/** Options of saving tensors. */
export interface SaveTensorsOptions {
  /** Name of the format. Default: by the ending of the file's name. */
  format?: string;
  /** Texts to be kept with the tensors, where the format has a place for them. Default: none. */
  metadata?: Readonly<Record<string, string>>;
}

/** A format that takes tensors. */
type Writable = Format & Required<Pick<Format, 'files'>>;

const writable = formats.filter((format): format is Writable => format.files !== undefined);

/**
 * The format that a file is to be written in, among those that can be: of a name, or of the ending of the file.
 *
 * @throws ZooError `usage` with what there is.
 */
export function writtenFormat<F extends Format>(file: string, writable: readonly F[], name?: string): F {
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
      : `${file}: its extension names no format. Use one of ${writable.map(({ endings }) => endings[0]).join(', ')}.`,
  );
}

/** The files that hold these tensors, to be written in this order: one, or shards and then a model.json. */
export const tensorFiles = async (
  file: string,
  tensors: readonly NamedTensor[],
  { format, metadata = {} }: SaveTensorsOptions = {},
): Promise<FileToWrite[]> => writtenFormat(file, writable, format).files(file, tensors, metadata);

/**
 * Writes tensors, a tensor at a time, each file whole or not at all. Node only: in a page, make Blobs of `tensorFiles`.
 *
 * @returns Paths of the files written.
 * @throws ZooError `usage` when the format cannot be written, or in a page, `disk` when a file cannot.
 */
export const saveTensors = async (
  file: string,
  tensors: readonly NamedTensor[],
  options: SaveTensorsOptions = {},
): Promise<string[]> => writeFiles(await tensorFiles(file, tensors, options));
