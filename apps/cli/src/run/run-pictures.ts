import { isZooError, type Parse, parseLiteral, parseObject, parseString, ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Dataset, TrainingAndTest } from '@zoo/loaders';
import { jsonOf } from './json-of.ts';
import { textOf } from './text-of.ts';

/** A picture that lay in the folders of a run's data when it began: a line of `pictures.jsonl`. */
export interface RunPicture {
  /** What the run uses it for, or which part's folder it lies in. */
  part: 'training' | 'test';
  /** Its path in the folder of that part, `cat/1.jpg`, or in its shard, `train-000.tar/1.jpg`. */
  name: string;
  /** Of its file. Missing where the run does not use it: it is damaged, or more than `--limit` takes. */
  sha256?: string;
  /** Its class where its name does not begin with it: in a shard. */
  class?: string;
}

/** Those of one part. */
export const ofPart = (pictures: readonly RunPicture[], part: RunPicture['part']) =>
  pictures.filter((one) => one.part === part);
/** Those that the run uses. */
export const used = (pictures: readonly RunPicture[]) => pictures.filter(({ sha256 }) => sha256 !== undefined);

/** Names of all pictures in the folders of a data set, used or not; `test` is empty where both parts come from one folder. */
export interface Listing {
  readonly training: readonly string[];
  readonly test: readonly string[];
}

/** The names of a data set's examples, in their order. */
export function namesOf(dataset: Dataset): string[] {
  const { nameOf } = dataset;
  if (!nameOf) throw new Error(`${dataset.name} has no names`);
  return Array.from({ length: dataset.length }, (_, index) => nameOf(index));
}

async function usedFor(part: RunPicture['part'], dataset: Dataset, inShards: boolean): Promise<RunPicture[]> {
  const pictures: RunPicture[] = [];
  for (const [index, name] of namesOf(dataset).entries()) {
    const sha256 = await dataset.hashOf?.(index);
    const own = inShards ? dataset.classes[dataset.labelOf(index)] : undefined;
    pictures.push({ part, name, ...(sha256 !== undefined && { sha256 }), ...(own !== undefined && { class: own }) });
  }
  return pictures;
}

/**
 * What a run records of its pictures: those that it uses, in the order of its data sets, and those that lie beside them.
 *
 * @param inShards Whether their names do not tell their classes.
 */
export async function runPictures(
  { training, test }: TrainingAndTest,
  listing: Listing,
  inShards = false,
): Promise<RunPicture[]> {
  const used = [...(await usedFor('training', training, inShards)), ...(await usedFor('test', test, inShards))];
  const oneFolder = listing.test.length === 0;
  const namesUsed = (part: RunPicture['part']) =>
    new Set(used.filter((one) => oneFolder || one.part === part).map(({ name }) => name));
  const unused = (['training', 'test'] as const).flatMap((part) => {
    const known = namesUsed(part);
    return listing[part].filter((name) => !known.has(name)).map((name): RunPicture => ({ part, name }));
  });
  return [...used, ...unused];
}

const parsePicture: Parse<RunPicture> = parseObject<RunPicture>(
  { part: parseLiteral('training', 'test'), name: parseString },
  { sha256: parseString, class: parseString },
);

export const writeRunPictures = (file: string, pictures: readonly RunPicture[]): Promise<void> =>
  writeFileAtomically(file, pictures.map((picture) => `${JSON.stringify(picture)}\n`).join(''));

/** Those of ImageNet take less than half of it, and JavaScript has no text of twice as much. */
const maxBytes = 2 ** 28;

/** @throws ZooError `not-found` without the file, `data` for one that is too long, `corrupt-file` for one that is damaged, naming the line. */
export async function readRunPictures(file: string): Promise<RunPicture[]> {
  let text: string;
  try {
    text = await textOf(file, 'the pictures of a run', maxBytes);
  } catch (error) {
    if (isZooError(error) && error.code === 'data') throw error;
    throw new ZooError(
      'not-found',
      `${file}: cannot be read, so it is unknown which pictures the run was trained on. Restore it, or train again.`,
      { cause: error },
    );
  }
  if (text !== '' && !text.endsWith('\n'))
    throw new ZooError('corrupt-file', `${file}: is cut short. Restore it, or train again.`);
  const pictures: RunPicture[] = [];
  // Line by line: the first bad one ends it.
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const place = `${file}, line ${pictures.length + 1}`;
    pictures.push(parsePicture(jsonOf(text.slice(at, end), place), place));
    at = end + 1;
  }
  return pictures;
}
