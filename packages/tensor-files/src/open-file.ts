import { isZooError } from '@zoo/core';
import type { Format, Read } from './format.ts';
import { type MeteredBytes, metering } from './meter.ts';
import type { ByteSource, OpenSibling } from './sources/byte-source.ts';
import { openBytes, urlOf } from './sources/open-bytes.ts';
import type { FileSource, OpenOptions, TensorSource } from './sources/tensor-source.ts';
import type { TensorFile } from './tensor.ts';
import { withinBudget } from './within-budget.ts';

/** Names of adapters, and of statistics of pictures, as with-hints.ts reads them: not `running_mean`, which most files have. */
const hinting = /(?:^|[._])lora_|(?:^|\.)(?:new_|pixel_|image_)?mean$/;

const isList = (source: TensorSource): source is Iterable<File> =>
  typeof source === 'object' && source !== null && Symbol.iterator in source && !ArrayBuffer.isView(source);

/**
 * Opens a file and its companion files. A download is cached only after the file has been parsed: an error page
 * in place of weights is not.
 *
 * @param choose Finds the format of the open file.
 */
export async function openFile(
  source: TensorSource,
  options: OpenOptions,
  choose: (bytes: MeteredBytes) => Promise<Pick<Format, 'name' | 'read'>>,
): Promise<TensorFile> {
  // Few sources are lists, and few files have companions: the code for these is loaded on demand.
  const { first, others } = isList(source)
    ? await (await import('./sources/first-file.ts')).firstFile(source, choose)
    : { first: source, others: [] };
  const cost = metering(options.budget);
  const opened: ByteSource[] = [];
  const open = async (one: FileSource, how: OpenOptions): Promise<ByteSource> => {
    const bytes = await openBytes(one, how);
    opened.push(bytes);
    return bytes;
  };
  const close = async () => {
    for (const one of opened) await one.close();
  };
  try {
    const bytes = await open(first, options);
    const whole = cost.of(bytes);
    const format = await choose(whole);
    // Hashes are those of the first file.
    const { sha256: _first, sha1: _too, ...rest } = options;
    const another = async (other: FileSource) => cost.of(await open(other, rest));
    let find: OpenSibling | undefined;
    const beside: OpenSibling = async (relative) => {
      const { siblingsOf: besideOf } = await import('./sources/siblings.ts');
      find ??= besideOf(bytes.name, urlOf(first), others, another);
      return find(relative);
    };
    const read = await format.read(whole, beside);
    const hints = [...read.tensors.keys()].some((name) => hinting.test(name));
    const contents = hints ? await (await import('./with-hints.ts')).withHints(read, beside) : read;
    for (const one of opened) await one.keep?.();
    cost.opened();
    const { name, size, sha256 } = bytes;
    const within = (tensors: TensorFile['tensors']) => withinBudget(tensors, cost.meter, name);
    return {
      name,
      format: format.name,
      size,
      ...(sha256 !== undefined && { sha256 }),
      tensors: within(contents.tensors),
      metadata: contents.metadata,
      ...(contents.others?.length && {
        others: contents.others.map(within),
        ...(contents.places && { places: contents.places }),
      }),
      ...(contents.notes?.length && { notes: contents.notes }),
      ...(contents.network && { network: contents.network }),
      close,
    };
  } catch (error) {
    try {
      // Loaded on demand: needed only for files that cannot be read.
      const [bytes] = opened;
      if (bytes && isZooError(error) && error.code === 'corrupt-file')
        await (await import('./foreign.ts')).refuseForeign(bytes);
    } finally {
      await close();
    }
    throw error;
  }
}

/** Opens files of one format. */
export type Open = (source: TensorSource, options?: OpenOptions) => Promise<TensorFile>;

/** The function that opens files of a format that the caller knows. */
export const opener =
  (name: string, read: Read): Open =>
  (source, options = {}) =>
    openFile(source, options, async () => ({ name, read }));
