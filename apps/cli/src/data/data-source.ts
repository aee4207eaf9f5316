import { existsSync } from 'node:fs';
import path from 'node:path';
import { isZooError, nearestName, ZooError } from '@zoo/core';
import { datasets, expandBraces } from '@zoo/loaders';
import { isFolder, namesShards, shardPatterns, shardsOf } from './named-shards.ts';

/** The meaning of `--data`: a data set of the zoo, or a folder or shards of the user. */
export interface DataSource {
  /** What a record keeps: the data set's name, or the full path of the folder or of the shards. */
  readonly given: string;
  /** For messages and file names. */
  readonly name: string;
  /** A folder may hold shards. */
  readonly kind: 'data set' | 'folder' | 'shards';
  /** Full paths of the parts, where the user named them. */
  readonly parts?: NamedParts;
  /** Full path of the test part, where the user named only that: the training part is found in `given`. */
  readonly test?: string;
  /** The option that says what to train on, for messages. Default: `--data`. */
  readonly trainingOption?: '--train';
}

/** Folders or shards of a data set's parts, as `--train` and `--val` name them. */
export interface NamedParts {
  readonly training: string;
  readonly test: string;
}

/** For help pages. */
export const dataHelp = `${Object.keys(datasets).join(', ')}, a folder with one sub-folder of pictures a class, or tar shards, as a folder of them or as 'shards-{000..009}.tar'`;

/**
 * Reads `--data`, without fetching anything.
 *
 * @throws ZooError `unknown-name` with the nearest name, `not-found` for shards that are not there.
 */
export function dataSource(given: string): DataSource {
  if (Object.hasOwn(datasets, given)) return { given, name: given, kind: 'data set' };
  const folder = path.resolve(given);
  if (isFolder(folder)) return { given: folder, name: path.basename(folder), kind: 'folder' };
  if (namesShards(given)) return { ...shardsOf('--data', given), kind: 'shards' };
  const known = Object.keys(datasets);
  const nearest = nearestName(given, known);
  throw new ZooError(
    'unknown-name',
    `--data ${given}: there is no such data set, and no such folder${nearest ? `; did you mean ${nearest}?` : '.'} Known: ${known.join(', ')}.`,
  );
}

/**
 * The data that a record or a card names.
 *
 * @param given The run or weights, as the user named them.
 * @param by Who names the data: `its record`.
 * @throws ZooError `not-found` where they are not here.
 */
export function recordedSource(given: string, data: string, by: string): DataSource {
  try {
    return dataSource(data);
  } catch (error) {
    if (!isZooError(error) || error.code !== 'unknown-name') throw error;
    throw new ZooError(
      'not-found',
      `${given}: ${by} names ${data} as the pictures of the test, and there is nothing there. If they were moved, pass --data FOLDER.`,
      { cause: error },
    );
  }
}

/**
 * Reads `--train` and `--val`: folders or shards in that of `--data`, or paths of their own. Without `--data`, the data set is called as the
 * folder that both are in, or as the shards of `--train`. `--val` alone names what to test on: the training part is in `--data`, or all that lies there.
 *
 * @throws ZooError `usage` for one of the two, or where the data set is none of folders; `not-found` without a folder.
 */
export function sourceWithParts(
  given: string | undefined,
  { train, val }: { train?: string; val?: string },
): DataSource | undefined {
  const source = given === undefined ? undefined : dataSource(given);
  if (train === undefined && val === undefined) return source;
  if (source?.kind === 'shards') {
    if (train !== undefined)
      throw new ZooError('usage', '--train: --data names the shards to train on. Leave one of them out.');
    if (val !== undefined)
      return { ...source, parts: partsNamed(source.given, placeOf('--val', val), { option: '--data', val }) };
  }
  if (source?.kind === 'data set') {
    const typed = [...(train === undefined ? [] : ['--train']), ...(val === undefined ? [] : ['--val'])];
    throw new ZooError(
      'usage',
      `${typed.join(', ')}: ${source.name} has parts of its own. Leave ${typed.length > 1 ? 'them' : 'it'} out.`,
    );
  }
  if (source && train === undefined && val !== undefined)
    return { ...source, test: placeOf('--val', val, source.given) };
  if (train === undefined || val === undefined)
    throw new ZooError(
      'usage',
      `${train === undefined ? '--val' : '--train'}: names one part of the pictures, expected two. Pass ${train === undefined ? '--train' : '--val'} too, or --data alone.`,
    );
  const [training, test] = [placeOf('--train', train, source?.given), placeOf('--val', val, source?.given)];
  const named = { parts: partsNamed(training, test, { option: '--train', val }), trainingOption: '--train' } as const;
  if (!source && namesShards(train)) return { ...shardsOf('--train', train), kind: 'shards', ...named };
  const folder = source?.given ?? path.resolve(train, '..');
  return { given: folder, name: path.basename(folder), kind: 'folder', ...named };
}

/** Whether shards are in a folder, rather than named by a path from the present one. */
function areHere(name: string, from = '.'): boolean {
  const files = shardPatterns(name).flatMap(expandBraces);
  return !files.every((file) => existsSync(file)) || files.every((file) => existsSync(path.resolve(from, file)));
}

/**
 * The full path of a folder or of shards that an option names.
 *
 * @param from The folder that it may be in, which comes before the present one. Default: the present one.
 * @throws ZooError `not-found` for what is neither.
 */
function placeOf(option: string, name: string, from?: string): string {
  const part = path.resolve(from ?? '.', name);
  if (isFolder(part)) return part;
  if (isFolder(name)) return path.resolve(name);
  if (namesShards(name)) return shardsOf(option, name, areHere(name, from) ? from : '.').given;
  const where = from === undefined ? 'a folder or shards by their path' : `one in ${from}, or its path`;
  throw new ZooError('not-found', `${option} ${name}: ${part} is no folder. Name ${where}.`);
}

/** @throws ZooError `usage` where both are the same. */
function partsNamed(training: string, test: string, { option, val }: { option: string; val: string }): NamedParts {
  if (training !== test) return { training, test };
  throw new ZooError('usage', `--val ${val}: is what ${option} names too. Test on other pictures.`);
}
