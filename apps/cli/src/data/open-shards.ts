import { existsSync } from 'node:fs';
import path from 'node:path';
import { isZooError, ZooError } from '@zoo/core';
import { type Dataset, expandBraces, type FolderShards, folderShards, split, webDataset } from '@zoo/loaders';
import { readLabels } from '../run/read-labels.ts';
import type { DataSource } from './data-source.ts';
import { namesShards, shardPatterns } from './named-shards.ts';

type OnNotice = (line: string) => void;

/** Files that name the classes, beside the shards or in the folder above: those of `train/` and `test/` have them in common. */
const namesFiles = ['classnames.txt', 'classnames.json'];

async function shardsAt(place: string, onNotice: OnNotice): Promise<readonly string[] | undefined> {
  return namesShards(place) ? shardPatterns(place) : (await folderShards(place, { onNotice }))?.training;
}

/**
 * The shards that `--data`, `--train` and `--val` name, by patterns or by their folders.
 *
 * @returns Nothing for what has none.
 * @throws ZooError `usage` where only one part is of shards, or both have one in common.
 */
export async function shardParts(
  { given, kind, parts, trainingOption }: DataSource,
  onNotice: OnNotice = () => {},
): Promise<FolderShards | undefined> {
  if (kind === 'data set') return undefined;
  if (!parts) return kind === 'shards' ? { training: shardPatterns(given) } : folderShards(given, { onNotice });
  const [training, test] = [await shardsAt(parts.training, onNotice), await shardsAt(parts.test, onNotice)];
  if (!training && !test) return undefined;
  if (!training || !test) {
    const named = trainingOption ? `${trainingOption} ${parts.training}` : `--data ${given}`;
    const [without, other] = training ? [`--val ${parts.test}`, named] : [named, `--val ${parts.test}`];
    throw new ZooError(
      'usage',
      `${without}: has no shards, as ${other} has. Name shards for both parts, or folders of pictures for both.`,
    );
  }
  const trained = new Set(training.flatMap(expandBraces));
  const both = test.flatMap(expandBraces).find((file) => trained.has(file));
  if (both !== undefined)
    throw new ZooError('usage', `--val ${parts.test}: names ${both} as the training part does. Test on other shards.`);
  return { training, test };
}

/** Names of the classes in a file beside the shards. */
async function namesBeside([first = '']: readonly string[], onNotice: OnNotice): Promise<string[] | undefined> {
  const folder = path.dirname(expandBraces(first)[0] ?? '');
  const places = [folder, path.dirname(folder)].flatMap((one) => namesFiles.map((name) => path.join(one, name)));
  const file = places.find((one) => existsSync(one));
  return file === undefined ? undefined : [...(await readLabels(file, onNotice)).labels];
}

/** What the shards of a part are opened with. */
interface ShardOptions {
  name: string;
  /** Default: those of a file beside the shards, else what the shards say. */
  classes?: readonly string[] | undefined;
  /** What numbers mean where nothing else says it: the classes of a network. */
  numbered?: readonly string[] | undefined;
  onNotice: OnNotice;
}

/** The pictures of some shards, with the names of their classes. @throws ZooError as `webDataset`. */
export async function openShards(shards: readonly string[], { classes, ...options }: ShardOptions): Promise<Dataset> {
  const named = classes ?? (await namesBeside(shards, options.onNotice));
  try {
    return await webDataset(shards, { ...options, classes: named });
  } catch (error) {
    if (!isZooError(error) || !error.message.includes('option classes')) throw error;
    const advice = `in ${namesFiles.join(' or ')} beside the shards`;
    throw new ZooError(error.code, error.message.replace(': option classes', ` ${advice}`), { cause: error });
  }
}

/** @throws ZooError `data` for fewer than two classes, or a class with one picture only where some are to be held out. */
function requireSome(name: string, { classes, length, labelOf }: Dataset, isSplit: boolean): void {
  const counts = classes.map(() => 0);
  for (let index = 0; index < length; index++) counts[labelOf(index)] = (counts[labelOf(index)] ?? 0) + 1;
  if (counts.filter((count) => count > 0).length < 2)
    throw new ZooError(
      'data',
      `${name}: all pictures are of one class, ${classes[counts.findIndex((count) => count > 0)]}, expected at least two.`,
    );
  const single = isSplit ? counts.indexOf(1) : -1;
  if (single >= 0)
    throw new ZooError(
      'data',
      `${name}: ${classes[single]} has 1 picture that can be used, expected at least 2, to train on and to test on. Add some, or pass --val with shards to test on.`,
    );
}

/** A tenth of each class is held out, as of folders. */
const heldOut = 0.1;

/**
 * Both parts of shards: those of the test, or else a share of each class that a hash of a picture's name and the seed decide.
 *
 * @param prepare Applied to each part's pictures before some are held out.
 */
export async function openShardParts(
  name: string,
  { training: shards, test: testShards }: FolderShards,
  { seed, onNotice, prepare }: { seed: number; onNotice: OnNotice; prepare(dataset: Dataset): Promise<Dataset> },
): Promise<{ training: Dataset; test: Dataset }> {
  const found = await openShards(shards, { name, onNotice });
  const training = await prepare(found);
  requireSome(name, training, testShards === undefined);
  if (testShards) {
    const classes = training.classes;
    return { training, test: await prepare(await openShards(testShards, { name: `${name}/test`, classes, onNotice })) };
  }
  const [kept, test] = split(training, 1 - heldOut, seed);
  return { training: { ...kept, name: `${name}/training` }, test: { ...test, name: `${name}/test` } };
}
