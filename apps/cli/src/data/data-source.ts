import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isZooError, nearestName, ZooError } from '@zoo/core';
import { datasets } from '@zoo/loaders';

/** The meaning of `--data`: a data set of the zoo, or a folder of the user. */
export interface DataSource {
  /** What a record keeps: the data set's name, or the folder's full path. */
  readonly given: string;
  /** For messages and file names. */
  readonly name: string;
  readonly kind: 'data set' | 'folder';
  /** Full paths of a folder's parts, where the user named them. */
  readonly parts?: NamedParts;
}

/** Folders of a data set's parts, as `--train` and `--val` name them. */
export interface NamedParts {
  readonly training: string;
  readonly test: string;
}

/** For help pages. */
export const dataHelp = `${Object.keys(datasets).join(', ')}, or a folder with one sub-folder of pictures a class`;

/**
 * Reads `--data`, without fetching anything.
 *
 * @throws ZooError `unknown-name` with the nearest name.
 */
export function dataSource(given: string): DataSource {
  if (Object.hasOwn(datasets, given)) return { given, name: given, kind: 'data set' };
  const folder = path.resolve(given);
  if (existsSync(folder) && statSync(folder).isDirectory())
    return { given: folder, name: path.basename(folder), kind: 'folder' };
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
 * Reads `--train` and `--val`: folders in that of `--data`, or paths of their own. Without `--data`, the data set is called as the
 * folder that both are in.
 *
 * @throws ZooError `usage` for one of the two, or where the data set is none of folders; `not-found` without a folder.
 */
export function sourceWithParts(
  given: string | undefined,
  { train, val }: { train?: string; val?: string },
): DataSource | undefined {
  const source = given === undefined ? undefined : dataSource(given);
  if (train === undefined && val === undefined) return source;
  if (train === undefined || val === undefined)
    throw new ZooError(
      'usage',
      `${train === undefined ? '--val' : '--train'}: names one part of the pictures, expected two. Pass ${train === undefined ? '--train' : '--val'} too, or --data alone.`,
    );
  if (source?.kind === 'data set')
    throw new ZooError('usage', `--train, --val: ${source.name} has parts of its own. Leave them out.`);
  const folder = source?.given ?? path.resolve(train, '..');
  const within = (option: string, name: string): string => {
    const part = source ? path.resolve(source.given, name) : path.resolve(name);
    if (existsSync(part) && statSync(part).isDirectory()) return part;
    throw new ZooError('not-found', `${option} ${name}: ${part} is no folder. Name one in ${folder}, or its path.`);
  };
  const parts = { training: within('--train', train), test: within('--val', val) };
  if (parts.training === parts.test)
    throw new ZooError('usage', `--val ${val}: is what --train names too. Test on other pictures.`);
  return { given: folder, name: path.basename(folder), kind: 'folder', parts };
}
