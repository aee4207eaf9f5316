import { rm } from 'node:fs/promises';
import path from 'node:path';
import { firstLine, isZooError, ZooError } from '@zoo/core';
import {
  cacheFolder,
  diskError,
  makeFolder,
  otherCache,
  removeAbandoned,
  temporaryName,
  writeFileAtomically,
} from '@zoo/core/files';
import type { FetchFileOptions, Timeouts } from '../fetch-options.ts';
import { fileProblem } from './file-problem.ts';
import type { FileSet } from './file-set.ts';
import type { PinnedFile } from './pinned-file.ts';
import { readCached } from './read-cached.ts';
import { type Source, sourceTimeouts } from './source.ts';

/** How a set of files that has to be fetched first is fetched. */
export interface ObtainOptions extends Pick<FetchFileOptions, 'signal' | 'onProgress' | 'onNotice'> {
  /** The cache folder. Default: the zoo's, see `FetchFileOptions.cache`. */
  cache?: string | undefined;
  /** Timeouts for each source. Default: 10 s until the response, 30 s without a byte. */
  timeouts?: Timeouts | undefined;
}

async function inWorkFolder<T>(folder: string, work: (workFolder: string) => Promise<T>): Promise<T> {
  const workFolder = temporaryName(path.join(folder, 'download'));
  try {
    await makeFolder(workFolder);
    await removeAbandoned(folder);
  } catch (error) {
    throw diskError(folder, error, otherCache);
  }
  try {
    return await work(workFolder);
  } finally {
    await rm(workFolder, { recursive: true, force: true }).catch(() => {});
  }
}

/** Takes the missing files from one source: every file is checked before it enters the cache. */
async function takeFrom(
  source: Source,
  { files }: FileSet,
  found: Map<string, Uint8Array>,
  folder: string,
  options: ObtainOptions & { signal: AbortSignal; timeouts: Timeouts },
): Promise<void> {
  const wanted = files.filter(({ name }) => !found.has(name));
  const missing = new Map<string, PinnedFile>(wanted.map((file) => [file.name, file]));
  await inWorkFolder(folder, async (workFolder) => {
    const { signal, timeouts, onProgress = () => {} } = options;
    for await (const { name, bytes } of source.deliver({ wanted, workFolder, signal, onProgress, timeouts })) {
      signal.throwIfAborted();
      const pinned = missing.get(name);
      if (!pinned) continue;
      const problem = fileProblem(bytes, pinned);
      if (problem) throw new ZooError('corrupt-file', `${name} was refused, ${problem}`);
      await writeFileAtomically(path.join(folder, name), bytes, otherCache);
      found.set(name, bytes);
      missing.delete(name);
    }
  });
  if (missing.size > 0) throw new ZooError('corrupt-file', `it does not contain ${[...missing.keys()].join(', ')}`);
}

/**
 * Every file of a data set, whole and checked: from the cache, else from the first source that has it.
 * What enters the cache is complete and has the pinned hash, whatever the source; a download that ends early leaves
 * nothing behind, and two processes at once do not disturb each other.
 *
 * @throws ZooError `network` when no source could give it (with each one's reason), `disk` when the cache cannot be
 *   written, `interrupted` when the signal says so.
 */
export async function obtainFiles(set: FileSet, options: ObtainOptions = {}): Promise<Map<string, Uint8Array>> {
  const { cache = cacheFolder(), signal = new AbortController().signal, onNotice = () => {} } = options;
  const timeouts = { ...sourceTimeouts, ...options.timeouts };
  const folder = path.join(cache, set.folder);
  const found = new Map<string, Uint8Array>();
  for (const file of set.files) {
    const bytes = await readCached(folder, file, onNotice);
    if (bytes) found.set(file.name, bytes);
  }
  const reasons: string[] = [];
  for (const [index, source] of set.sources.entries()) {
    if (found.size === set.files.length) break;
    try {
      await takeFrom(source, set, found, folder, { ...options, signal, timeouts });
    } catch (error) {
      if (signal.aborted) {
        throw new ZooError('interrupted', `${set.title}: fetching it was interrupted; no incomplete file was kept.`, {
          cause: error,
        });
      }
      if (isZooError(error) && error.code === 'disk') throw error;
      const next = set.sources[index + 1];
      const reason = firstLine(error).replace(/\.$/, '');
      reasons.push(`${source.name}: ${reason}`);
      // The remedy only matters for the last source.
      const what = reason.split('. ')[0]?.split(': ').at(-1);
      onNotice(
        next
          ? `${set.title}: ${source.name} could not give it (${what}); taking it from ${next.name}.`
          : `${set.title} from ${reasons.at(-1)}; no other source is left.`,
      );
    }
  }
  if (found.size < set.files.length) {
    const missing = set.files.filter(({ name }) => !found.has(name)).map(({ name }) => name);
    throw new ZooError(
      'network',
      `${set.title}: no source could give it (${reasons.join('; ')}). ` +
        `Check the network and try again, or put ${missing.join(', ')} into ${folder} by hand (see ${set.home}).`,
    );
  }
  return found;
}
