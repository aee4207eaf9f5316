import path from 'node:path';
import { isZooError, ZooError } from '@zoo/core';
import { type Dataset, datasetFiles, datasets, type FetchOptions, select, type TrainingAndTest } from '@zoo/loaders';
import { commandName } from '../command-name.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { namesOf, ofPart, type RunPicture, readRunPictures, used } from '../run/run-pictures.ts';
import type { RunData } from '../run/run-record.ts';
import { countsOf, linesOf } from './differences.ts';
import { hasPictures, isHeldOut, openRecordedPart } from './recorded-part.ts';
import { type Differences, recordedPlaces, unrecorded, withClasses } from './recorded-set.ts';

/** Options of opening the data of a run again. */
export interface RunDataOptions extends FetchOptions {
  /** Gets a line about files that are left out. */
  onNotice: (line: string) => void;
}

/** A picture's name with the folder that it lies in, where there are two. */
const shownIn =
  (data: RunData, part: RunPicture['part']) =>
  (name: string): string => {
    const folder = data.parts?.[part];
    return folder === undefined || data.parts?.test === undefined ? name : path.join(path.basename(folder), name);
  };

/** @throws ZooError `data` for a data set of the zoo that differs in this version. */
function requireSameFiles({ folder }: RunFolder, { given, files = [] }: RunData): void {
  const known = new Map(datasetFiles[given]?.map(({ name, sha256 }) => [name, sha256]));
  const other = files.find(({ name, sha256 }) => known.get(name) !== sha256);
  if (other)
    throw new ZooError(
      'data',
      `${given}: its file ${other.name} is another one than when ${folder} began. Use the version of the zoo that began the run, or start another run.`,
    );
}

/** A data set of the zoo, as a run had it. */
export async function openNamed(run: RunFolder, data: RunData, options: RunDataOptions): Promise<TrainingAndTest> {
  const open = datasets[data.given];
  if (!open)
    throw new ZooError('unknown-name', `${run.record}: ${data.given} is no data set known here. Start another run.`);
  requireSameFiles(run, data);
  return open(options);
}

/** The pictures of a part, where they were. @throws ZooError `not-found` that says how to go on without them. */
async function openPart(
  run: RunFolder,
  data: RunData,
  part: RunPicture['part'],
  options: RunDataOptions,
): Promise<Dataset> {
  try {
    return await openRecordedPart(data, part, options);
  } catch (error) {
    if (!isZooError(error) || error.code !== 'not-found') throw error;
    throw new ZooError(
      'not-found',
      `${error.message} ${run.folder} goes on with the pictures that it began with: put them back there, or train another run, for example with --weights ${run.folder}.`,
      { cause: error },
    );
  }
}

/**
 * The data of a resumed run: exactly the pictures that it started with, in the same order.
 *
 * @throws ZooError `data` that names the pictures which are missing, were changed, or are new.
 */
export async function openRunData(run: RunFolder, data: RunData, options: RunDataOptions): Promise<TrainingAndTest> {
  if (!hasPictures(data)) return openNamed(run, data, options);
  const heldOut = isHeldOut(data);
  const pictures = await readRunPictures(run.pictures);
  const folder = await openPart(run, data, 'training', options);
  const testFolder = heldOut ? folder : await openPart(run, data, 'test', options);
  const open = async (part: RunPicture['part'], from: Dataset) => {
    const named = { ...from, name: heldOut ? `${from.name}/${part}` : from.name };
    const found = await recordedPlaces(named, used(ofPart(pictures, part)), options);
    return { ...found, set: withClasses(select(named, found.places), data.classes) };
  };
  const training = await open('training', folder);
  const test = await open('test', testFolder);
  const added = (part: RunPicture['part'], from: Dataset) => {
    const recorded = heldOut ? pictures : ofPart(pictures, part);
    const names = namesOf(select(from, unrecorded(from, recorded)));
    return names.map(shownIn(data, part));
  };
  const both = (kind: keyof Differences) => [
    ...training[kind].map(shownIn(data, 'training')),
    ...test[kind].map(shownIn(data, 'test')),
  ];
  const kinds = [
    ['missing', both('missing')],
    ['changed', both('changed')],
    ['new', [...added('training', folder), ...(heldOut ? [] : added('test', testFolder))]],
  ] as const;
  if (countsOf(kinds) !== '')
    throw new ZooError(
      'data',
      `${data.given}: its pictures are not those that ${run.folder} began with: ${countsOf(kinds)}. Restore the old pictures, or train another run on the present ones: ${commandName()} train ... --weights ${run.folder} starts with the weights of this one.\n${linesOf(kinds)}`,
    );
  return { training: training.set, test: test.set };
}
