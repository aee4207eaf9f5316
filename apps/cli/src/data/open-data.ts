import { isZooError, ZooError } from '@zoo/core';
import {
  type Dataset,
  datasets,
  type FetchOptions,
  folderParts,
  imageFolder,
  imageFolders,
  type TrainingAndTest,
} from '@zoo/loaders';
import { type Listing, namesOf } from '../run/run-pictures.ts';
import type { RunData } from '../run/run-record.ts';
import { type CheckOptions, openChecked } from './check-pictures.ts';
import type { DataSource } from './data-source.ts';
import { openShardParts, openShards, shardParts } from './open-shards.ts';
import { withTrainingPart } from './with-training-part.ts';

/** Both parts of a data set. */
export interface OpenedData extends TrainingAndTest {
  /** For pictures of the user: where they lie, and the names of all that lie there. */
  readonly pictures?: { readonly place: Pick<RunData, 'parts' | 'shards'>; readonly listing: Listing };
}

/** Translates option names of the loaders into those of the command line. */
async function withCliOptionNames<T>(work: Promise<T>, translated: (message: string) => string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isZooError(error) || !error.message.includes('options training and test')) throw error;
    throw new ZooError(error.code, translated(error.message), { cause: error });
  }
}

/** Of `train`, which has options for both parts. */
const forTraining = (message: string): string => message.replace('options training and test', '--train and --val');

/** Of commands that only test. */
const forTest = (message: string): string =>
  message.replace(
    /(say) which part is for training and which for testing: options training and test/i,
    '$1 which one is to be tested on: --data with its path',
  );

/**
 * Both parts of a data set, fetched where it has to be; the pictures of a folder or of shards are checked, and hashed.
 *
 * @param seed Chooses which pictures are held out where there is no test part.
 */
export async function openData(
  source: DataSource,
  seed: number,
  options: FetchOptions & CheckOptions,
): Promise<OpenedData> {
  const { given, name, kind } = source;
  const open = datasets[given];
  if (kind === 'data set' && open) return open(options);
  const { onNotice } = options;
  const whole = await withCliOptionNames(withTrainingPart(source, onNotice), forTraining);
  const shards = await shardParts(whole, onNotice);
  const listings: string[][] = [];
  const { training, test, ...place } = await withCliOptionNames(
    openChecked(name, options, async (check) => {
      const prepare = (dataset: Dataset) => {
        listings.push(namesOf(dataset));
        return check(dataset);
      };
      const told = { seed, onNotice: onNotice ?? (() => {}), prepare };
      if (!shards) return imageFolders(given, { ...whole.parts, ...told });
      const parts = { training: [...shards.training], ...(shards.test && { test: [...shards.test] }) };
      return { ...(await openShardParts(name, shards, told)), shards: parts };
    }),
    forTraining,
  );
  const [first = [], second = []] = listings;
  return { training, test, pictures: { place, listing: { training: first, test: second } } };
}

/**
 * The test data for weights of unknown training: the test part, or all pictures if there is none.
 *
 * @param labels Names of the network's classes, which numbers in shards mean if nothing beside them names the classes.
 */
export async function openTestData(
  source: DataSource,
  labels: readonly string[],
  options: FetchOptions & CheckOptions,
): Promise<Dataset> {
  const open = datasets[source.given];
  if (source.kind === 'data set' && open) return (await open(options)).test;
  const { onNotice } = options;
  const shards = await shardParts(source, onNotice);
  if (shards) {
    const { name } = source;
    const told = { name, onNotice: onNotice ?? (() => {}), ...(labels.length > 0 && { numbered: labels }) };
    return openChecked(name, options, async (check) => check(await openShards(shards.test ?? shards.training, told)));
  }
  const found = await withCliOptionNames(folderParts(source.given, { onNotice }), forTest);
  const folder = found.test ?? found.training;
  return withCliOptionNames(
    openChecked(source.name, options, async (check) => check(await imageFolder(folder, { onNotice }))),
    forTest,
  );
}
