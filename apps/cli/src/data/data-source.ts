import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { nearestName, ZooError } from '@zoo/core';
import { datasets, type FetchOptions, imageFolder, imageFolders, type TrainingAndTest } from '@zoo/loaders';

/** What `--data` named: a data set of the zoo, or somebody's folder. */
export interface DataSource {
  /** What a record keeps: the data set's name, or the folder's full path. */
  readonly given: string;
  /** For messages and file names. */
  readonly name: string;
  readonly kind: 'data set' | 'folder';
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
 * Both parts of a data set, fetched where it has to be.
 *
 * @param seed Chooses which pictures of a folder without a test part are held out.
 */
export async function openData(
  { given, kind }: DataSource,
  seed: number,
  options: FetchOptions,
): Promise<TrainingAndTest> {
  const open = datasets[given];
  return kind === 'data set' && open ? open(options) : imageFolders(given, { seed, onNotice: options.onNotice });
}

/**
 * What to test on: the part that training keeps away. A folder that was not trained on, and has no such part of its
 * own, is taken whole.
 */
export async function openTestData(
  source: DataSource,
  trainedOn: { given: string; seed: number } | undefined,
  options: FetchOptions,
): Promise<TrainingAndTest['test']> {
  const hasParts = source.kind === 'data set' || existsSync(path.join(source.given, 'train'));
  if (!hasParts && trainedOn?.given !== source.given) return imageFolder(source.given, options);
  return (await openData(source, trainedOn?.seed ?? 0, options)).test;
}
