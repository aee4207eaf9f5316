import { isZooError, ZooError } from '@zoo/core';
import {
  type Dataset,
  datasets,
  type FetchOptions,
  type FolderParts,
  folderParts,
  imageFolder,
  imageFolders,
  type TrainingAndTest,
} from '@zoo/loaders';
import { type Listing, namesOf } from '../run/run-pictures.ts';
import { type CheckOptions, openChecked } from './check-pictures.ts';
import type { DataSource } from './data-source.ts';

/** Both parts of a data set. */
export interface OpenedData extends TrainingAndTest {
  /** For a folder of the user: the paths of its parts, and the names of all its pictures. */
  readonly folder?: { readonly parts: FolderParts; readonly listing: Listing };
}

/** Translates option names of the loaders into those of the command line. */
async function withCliOptionNames<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isZooError(error) || !error.message.includes('options training and test')) throw error;
    const message = error.message.replace('options training and test', '--train and --val');
    throw new ZooError(error.code, message, { cause: error });
  }
}

/**
 * Both parts of a data set, fetched where it has to be; the pictures of a folder are checked, and hashed.
 *
 * @param seed Chooses which pictures of a folder without a test part are held out.
 */
export async function openData(
  { given, name, kind, parts: named }: DataSource,
  seed: number,
  options: FetchOptions & CheckOptions,
): Promise<OpenedData> {
  const open = datasets[given];
  if (kind === 'data set' && open) return open(options);
  const { onNotice } = options;
  const listings: string[][] = [];
  const { training, test, parts } = await withCliOptionNames(
    openChecked(name, options, (check) => {
      const prepare = (dataset: Dataset) => {
        listings.push(namesOf(dataset));
        return check(dataset);
      };
      return imageFolders(given, { seed, ...named, onNotice, prepare });
    }),
  );
  const [first = [], second = []] = listings;
  return { training, test, folder: { parts, listing: { training: first, test: second } } };
}

/** The test data for weights of unknown training: the test part, or the whole folder if it has none. */
export async function openTestData(source: DataSource, options: FetchOptions & CheckOptions): Promise<Dataset> {
  const open = datasets[source.given];
  if (source.kind === 'data set' && open) return (await open(options)).test;
  const { onNotice } = options;
  const found = await withCliOptionNames(folderParts(source.given, { onNotice }));
  const folder = found.test ?? found.training;
  return withCliOptionNames(
    openChecked(source.name, options, async (check) => check(await imageFolder(folder, { onNotice }))),
  );
}
