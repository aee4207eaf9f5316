import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { expandBraces, isShardName } from '@zoo/loaders';
import { isWebAddress } from '../web-address.ts';

/** Between several patterns of shards in one word, as WebDataset has it. */
const separator = '::';

export const isFolder = (place: string): boolean => existsSync(place) && statSync(place).isDirectory();

/** The patterns that a word such as `a-{0..3}.tar::b.tar` names. */
export const shardPatterns = (given: string): string[] => given.split(separator);

/** Whether a word names shards rather than a folder or a data set. */
export const namesShards = (given: string): boolean => shardPatterns(given).every(isShardName) && !isFolder(given);

/** `train` for `train-{000..009}.tar`; of shards that have nothing but numbers, the name of their folder. */
function titleOf(pattern: string): string {
  const stem = path
    .basename(pattern)
    .replace(/\.(?:tar|tar\.gz|tgz)$/i, '')
    .replace(/\{.*?\}/g, '')
    .replace(/^[-_. ]+|[-_. ]+$/g, '');
  return stem || path.basename(path.dirname(pattern));
}

/** Shards as a user named them. */
interface NamedShards {
  /** The same with full paths. */
  given: string;
  name: string;
}

/**
 * Reads the shards that an option names, without opening any.
 *
 * @param from The folder that relative paths are in. Default: the present one.
 * @throws ZooError `not-found` that names the first shard which is not there; `usage` for an address.
 */
export function shardsOf(option: string, given: string, from = '.'): NamedShards {
  const address = shardPatterns(given).find(isWebAddress);
  if (address !== undefined)
    throw new ZooError('usage', `${option} ${address}: shards are read from the disk. Download them first.`);
  const patterns = shardPatterns(given).map((one) => path.resolve(from, one));
  const files = patterns.flatMap(expandBraces);
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new ZooError(
      'not-found',
      `${option} ${given}: ${missing} is not there. Name shards that are, as in 'shards-{000..009}.tar', with the quotes.`,
    );
  return { given: patterns.join(separator), name: titleOf(patterns[0] ?? '') };
}
