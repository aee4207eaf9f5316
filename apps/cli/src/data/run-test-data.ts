import { ZooError } from '@zoo/core';
import { type Dataset, select } from '@zoo/loaders';
import { counted, thousands } from '../rendering/quantities.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { namesOf, ofPart, type RunPicture, readRunPictures, used } from '../run/run-pictures.ts';
import type { RunData } from '../run/run-record.ts';
import { openChecked } from './check-pictures.ts';
import { countsOf, linesOf } from './differences.ts';
import { hasPictures, isHeldOut, openRecordedPart } from './recorded-part.ts';
import { recordedPlaces, unrecorded, withClasses } from './recorded-set.ts';
import { openNamed, type RunDataOptions } from './run-data.ts';

/** How the test pictures of a run are opened again. */
export interface RunTestOptions extends RunDataOptions {
  /** Whether to go on without those that are missing, were changed, or cannot be read. */
  skipDamaged: boolean;
  /** Whether to test on those that came later, too. */
  withNew: boolean;
}

/**
 * The pictures that a run held out, and none that it was trained on.
 *
 * @throws ZooError `data` that names those which are missing or were changed, unless they may be left out.
 */
export async function openRunTest(run: RunFolder, data: RunData, options: RunTestOptions): Promise<Dataset> {
  if (!hasPictures(data)) return (await openNamed(run, data, options)).test;
  const { onNotice } = options;
  const pictures = await readRunPictures(run.pictures);
  const folder = await openRecordedPart(data, 'test', options);
  const recorded = used(ofPart(pictures, 'test'));
  const { places, missing, changed } = await recordedPlaces(folder, recorded, options);
  const kinds = [
    ['missing', missing],
    ['changed', changed],
  ] as const;
  const what = `${data.given}: of the ${counted(recorded.length, 'picture')} that ${run.folder} held out, ${countsOf(kinds)}`;
  if (countsOf(kinds) !== '' && !options.skipDamaged)
    throw new ZooError(
      'data',
      `${what}. Bring back what was there, or pass --skip-damaged to test on the others.\n${linesOf(kinds)}`,
    );
  if (countsOf(kinds) !== '') onNotice(`${what}: left out.\n${linesOf(kinds)}`);
  const later = await laterPictures(run, data, { folder, pictures }, options);
  if (places.length + later.length === 0)
    throw new ZooError('data', `${what}: none is left to test on. Pass --data with other pictures.`);
  return withClasses(select(folder, [...places, ...later]), data.classes);
}

/** The places of pictures that came after a run began, where they are asked for. Copies of those it was trained on are not among them. */
async function laterPictures(
  { folder: runName }: RunFolder,
  data: RunData,
  { folder, pictures }: { folder: Dataset; pictures: readonly RunPicture[] },
  options: RunTestOptions,
): Promise<number[]> {
  const known = isHeldOut(data) ? pictures : ofPart(pictures, 'test');
  const all = unrecorded(folder, known);
  const later = all.filter((index) => data.classes.includes(folder.classes[folder.labelOf(index)] ?? ''));
  const { onNotice, withNew } = options;
  const others = all.length - later.length;
  if (others > 0)
    onNotice(`${data.given}: ${counted(others, 'picture')} of classes that ${runName} does not know left out.`);
  if (later.length === 0) return [];
  if (!withNew) {
    onNotice(
      `${data.given}: ${counted(later.length, 'picture')} came after ${runName} began, and ${later.length === 1 ? 'is' : 'are'} not tested on. Pass --with-new to eval to do so.`,
    );
    return [];
  }
  const checked = await openChecked(data.name, options, (check) => check(select(folder, later)));
  const placeOf = new Map(namesOf(folder).map((name, index) => [name, index]));
  const trained = new Set(ofPart(pictures, 'training').map(({ sha256 }) => sha256));
  const places: number[] = [];
  for (const [index, name] of namesOf(checked).entries())
    if (!trained.has(await checked.hashOf?.(index))) places.push(placeOf.get(name) ?? 0);
  const copies = checked.length - places.length;
  if (copies > 0)
    onNotice(
      `${data.given}: ${counted(copies, 'new picture')} left out: the same as one that ${runName} was trained on.`,
    );
  return places;
}

/** Says how many pictures of other data a run was trained on. */
export async function trainedNotice(
  run: RunFolder,
  { data }: { data: RunData },
  source: string,
  test: Dataset,
): Promise<string | undefined> {
  if (!hasPictures(data) || !test.hashOf) return undefined;
  const pictures = await readRunPictures(run.pictures);
  const trained = new Set(ofPart(used(pictures), 'training').map(({ sha256 }) => sha256));
  let seen = 0;
  for (let index = 0; index < test.length; index++) if (trained.has(await test.hashOf(index))) seen++;
  return seen === 0
    ? undefined
    : `${source}: ${run.folder} was trained on ${thousands(seen)} of these ${counted(test.length, 'picture')}, so the result says little about others.`;
}
