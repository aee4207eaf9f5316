import path from 'node:path';
import type { FolderShards, ImageFolderOptions } from '../folder-options.ts';
import { isPictureName } from '../pictures/picture-endings.ts';
import { isShardName, withoutShardEnding } from '../web-dataset/shard-name.ts';
import { folderContent } from './folder-content.ts';
import { contentOfNamed } from './list-pictures.ts';
import { type PartKind, partName } from './part-names.ts';

const expected = 'a folder with tar archives of pictures';

/** Full paths of the shards that lie in a folder, in order. */
async function shardsIn(folder: string): Promise<string[]> {
  const { files } = await contentOfNamed(folder, expected);
  return files.filter(isShardName).map((name) => path.resolve(folder, name));
}

/** Whether a folder holds pictures or further folders, as one of a class does: then an archive beside it is only their copy. */
async function isClassLike(folder: string): Promise<boolean> {
  const { files, folders } = await folderContent(folder);
  return folders.length > 0 || files.some(isPictureName);
}

/** What of a folder is which part: its shards by their names, or its sub-folders of shards by theirs. */
interface Named {
  /** `train-000.tar`, or `train`. */
  name: string;
  shards: readonly string[];
}

/** The parts by the names' words, as `folderParts` reads them; all are for training where none says so. */
function partsOf(folder: string, all: readonly Named[], onNotice: (line: string) => void): FolderShards {
  const ofKind = (kind: PartKind) => all.filter(({ name }) => partName(withoutShardEnding(name))?.kind === kind);
  const shardsOf = (some: readonly Named[]) => some.flatMap(({ shards }) => shards);
  const training = ofKind('training');
  const test = [ofKind('test'), ofKind('validation')].find((some) => some.length > 0) ?? [];
  if (training.length === 0) return { training: shardsOf(all) };
  const leftOut = all.filter((one) => !training.includes(one) && !test.includes(one)).map(({ name }) => name);
  if (leftOut.length > 0)
    onNotice(
      `${folder}: trains on ${training[0]?.name}${training.length > 1 ? ', ...' : ''}; left out: ${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ', ...' : ''}.`,
    );
  return { training: shardsOf(training), ...(test.length > 0 && { test: shardsOf(test) }) };
}

/** See the package's `folderShards`. */
export async function folderShards(
  folder: string,
  { onNotice = () => {} }: ImageFolderOptions = {},
): Promise<FolderShards | undefined> {
  const { folders } = await contentOfNamed(folder, expected);
  const shards = await shardsIn(folder);
  const inside = folders.map((name) => path.join(folder, name));
  if (shards.length > 0) {
    for (const one of inside) if (await isClassLike(one)) return undefined;
    const named = shards.map((shard) => ({ name: path.basename(shard), shards: [shard] }));
    return partsOf(folder, named, onNotice);
  }
  const named: Named[] = [];
  for (const one of inside) {
    const own = await shardsIn(one);
    if (own.length > 0) named.push({ name: path.basename(one), shards: own });
    else if (await isClassLike(one)) return undefined;
  }
  if (!named.some(({ name }) => partName(name)?.kind === 'training')) return undefined;
  return partsOf(folder, named, onNotice);
}
