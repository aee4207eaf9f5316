import { ZooError } from '@zoo/core';
import { openShard } from '#files';
import { at, type Dataset } from '../dataset.ts';
import { isBlob } from '../pictures/picture-source.ts';
import type { ExampleSource } from '../pool/example-source.ts';
import { pictureOfSource, sha256OfSource } from '../pool/picture-of-source.ts';
import { examplesOfShard, type ShardExample } from './examples-of-shard.ts';
import { expandBraces } from './expand-braces.ts';

export interface WebDatasetOptions {
  /** For messages and records. Default: `shards`. */
  name?: string;
  /** Names of the classes, in the order of the numbers that the shards have. Default: the numbers, or the shards' own names in order. */
  classes?: readonly string[] | undefined;
  /** The same, where the shards have numbers alone and `classes` is missing: such as a network's own. */
  numbered?: readonly string[] | undefined;
  /** Called with a line about what is left out. */
  onNotice?: ((line: string) => void) | undefined;
}

/** Class names in the order of their labels. @throws ZooError `data` where shards mix numbers and names, or name an unknown class. */
function classesOf(
  name: string,
  examples: readonly ShardExample[],
  { classes, numbered }: Pick<WebDatasetOptions, 'classes' | 'numbered'>,
): string[] {
  const labels = new Set(examples.map(({ label }) => label));
  const hasNames = [...labels].some((label) => typeof label === 'string');
  const given = classes ?? (hasNames ? undefined : numbered);
  const names = [...labels].filter((label) => typeof label === 'string').sort();
  const numbers = [...labels].filter((label) => typeof label === 'number');
  const isUnknown = (label: number | string) =>
    typeof label === 'number' ? label >= (given?.length ?? 0) : !given?.includes(label);
  if (given) {
    const unknown = [...labels].find(isUnknown);
    if (unknown === undefined) return [...given];
    throw new ZooError(
      'data',
      `${name}: class ${unknown} is none of the ${given.length} that are named: ${given.slice(0, 5).join(', ')}${given.length > 5 ? ', ...' : ''}.`,
    );
  }
  if (numbers.length === 0) return names;
  if (names.length > 0)
    throw new ZooError(
      'data',
      `${name}: some pictures have a class by its number, ${numbers[0]}, and some by its name, ${names[0]}. Name the classes: option classes.`,
    );
  const count = numbers.reduce((most, label) => Math.max(most, label + 1), 0);
  if (count > examples.length)
    throw new ZooError(
      'data',
      `${name}: class ${count - 1} of only ${examples.length} pictures. Name the classes: option classes.`,
    );
  return Array.from({ length: count }, (_, label) => String(label));
}

/**
 * Pictures in tar archives as WebDataset has them: `0001.jpg` beside `0001.cls` (a number or a name), `0001.json` (field `cls`, `class`
 * or `label`) or `0001.txt`, plain or gzipped. A plain shard stays where it is, and its pictures are read when they are asked for; a gzipped one is
 * inflated into memory. A picture's `nameOf` is `SHARD/KEY.jpg`.
 *
 * @param shards Files: in Node paths, `train-{000..009}.tar` for ten of them; Blobs everywhere.
 * @throws ZooError `corrupt-file` for a damaged archive, `too-costly` for one that unpacks to much more than it is, `data` for pictures
 *   without a class, or of the same name, `not-found` without the file, `usage` for no shards, and for paths in a page.
 */
export async function webDataset(
  shards: string | Blob | readonly (string | Blob)[],
  { name = 'shards', classes: given, numbered, onNotice }: WebDatasetOptions = {},
): Promise<Dataset> {
  const listed: readonly (string | Blob)[] = typeof shards === 'string' || isBlob(shards) ? [shards] : shards;
  const files = listed.flatMap((one): (string | Blob)[] => (typeof one === 'string' ? expandBraces(one) : [one]));
  if (files.length === 0) throw new ZooError('usage', `${name}: no shards, expected at least one.`);
  const examples: ShardExample[] = [];
  for (const [index, file] of files.entries()) {
    const shard = await openShard(file, `shard ${index}`);
    const leftOut: string[] = [];
    try {
      examples.push(...(await examplesOfShard(shard, (key) => leftOut.push(key), onNotice)));
    } finally {
      await shard.close();
    }
    if (leftOut.length > 0)
      onNotice?.(
        `${shard.name}: ${leftOut.length} of its examples have no picture and are left out, such as ${leftOut[0]}.`,
      );
  }
  if (examples.length === 0) throw new ZooError('data', `${name}: has no pictures.`);
  const classes = classesOf(name, examples, { classes: given, numbered });
  const labels = examples.map(({ label }) => (typeof label === 'number' ? label : classes.indexOf(label)));
  const names = examples.map(({ shard, picture }) => `${shard.name}/${picture.name}`.normalize('NFC'));
  const known = new Set<string>();
  const twice = names.find((one) => known.size === known.add(one).size);
  if (twice !== undefined)
    throw new ZooError('data', `${name}: two pictures are called ${twice}. Rename one of their shards.`);
  const sourceOf = (index: number): ExampleSource => {
    const { shard, picture } = at(name, examples, index);
    const range = { offset: picture.offset, length: picture.size };
    return { file: shard.file, name: at(name, names, index), range };
  };
  return {
    name,
    classes,
    length: examples.length,
    channels: 3,
    labelOf: (index) => at(name, labels, index),
    nameOf: (index) => at(name, names, index),
    hashOf: (index) => sha256OfSource(sourceOf(index)),
    sourceOf,
    example: async (index) => ({ label: at(name, labels, index), ...(await pictureOfSource(sourceOf(index))) }),
  };
}
