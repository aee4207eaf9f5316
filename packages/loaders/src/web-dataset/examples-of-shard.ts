import { ZooError } from '@zoo/core';
import { isPictureName } from '../pictures/picture-endings.ts';
import { type GivenLabel, givenLabel, labelEndings } from './example-label.ts';
import type { Shard } from './shard.ts';
import { type TarFile, tarIndex } from './tar-index.ts';

/** A picture in a shard, and the class that the shard gives it. */
export interface ShardExample {
  shard: Shard;
  picture: TarFile;
  label: GivenLabel;
}

/** A label is a number, a name, or a few fields. */
const maxLabelBytes = 64 * 1024;

/** `a/0001.jpg` is the file `jpg` of the key `a/0001`: all behind the first dot of the last part, as WebDataset has it. */
function keyOf(name: string): [key: string, ending: string] {
  const [, key = name, ending = ''] = /^((?:.*\/)?[^/.]+)\.([^/]*)$/s.exec(name) ?? [];
  return [key, ending.toLowerCase()];
}

/** `.DS_Store`, and `._0001.jpg`, which the tar of macOS writes beside `0001.jpg`: neither has a key in WebDataset. */
const isHidden = (name: string): boolean => /(?:^|\/)\.[^/]*$/.test(name);

/**
 * The labelled pictures of a shard, in its order.
 *
 * @param onLeftOut Called with the name of a key that has no picture.
 * @param onNotice Called with a line about an archive that has no end.
 * @throws ZooError `corrupt-file` for a damaged archive, or a file that is there twice; `data` for a picture without a class.
 */
export async function examplesOfShard(
  shard: Shard,
  onLeftOut: (key: string) => void,
  onNotice?: (line: string) => void,
): Promise<ShardExample[]> {
  const byKey = new Map<string, Map<string, TarFile>>();
  for (const file of await tarIndex(shard, onNotice)) {
    if (isHidden(file.name)) continue;
    const [key, ending] = keyOf(file.name);
    const files = byKey.get(key) ?? new Map<string, TarFile>();
    if (files.has(ending))
      throw new ZooError('corrupt-file', `${shard.name}: has ${file.name} twice; make the shard again.`);
    byKey.set(key, files.set(ending, file));
  }
  const examples: ShardExample[] = [];
  for (const [key, files] of byKey) {
    const picture = [...files.values()].find(({ name }) => isPictureName(name));
    if (!picture) {
      onLeftOut(key);
      continue;
    }
    const ending = labelEndings.find((one) => files.has(one));
    const file = files.get(ending ?? '');
    if (ending === undefined || !file)
      throw new ZooError(
        'data',
        `${shard.name}: ${picture.name} has no class, expected one of ${labelEndings.map((one) => `${key}.${one}`).join(', ')} beside it.`,
      );
    if (file.size > maxLabelBytes)
      throw new ZooError(
        'too-costly',
        `${shard.name}: ${file.name} has ${file.size} bytes, expected ${maxLabelBytes} at most.`,
      );
    const label = givenLabel(await shard.read(file.offset, file.size), ending, `${shard.name}: ${file.name}`);
    examples.push({ shard, picture, label });
  }
  return examples;
}
