import { type Dataset, select } from '@zoo/loaders';
import { namesOf, type RunPicture } from '../run/run-pictures.ts';
import { type HashOptions, hashesOf } from './hashes-of.ts';

/** Differences from a run's record, by the names of pictures. */
export interface Differences {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
}

/** Where the recorded pictures of a part are in a folder, as far as they are what they were, in the recorded order. */
export interface RecordedPlaces extends Differences {
  readonly places: readonly number[];
}

/** A data set whose labels count in these classes: those of a run, where a folder has got others since. */
export function withClasses(dataset: Dataset, classes: readonly string[]): Dataset {
  const labels = dataset.classes.map((name) => classes.indexOf(name));
  const labelOf = (index: number) => labels[dataset.labelOf(index)] ?? -1;
  return {
    ...dataset,
    classes,
    labelOf,
    example: async (index) => ({ ...(await dataset.example(index)), label: labelOf(index) }),
  };
}

/**
 * Finds the pictures that a run recorded in a folder as it is now, and reads their files to see whether they are the same.
 *
 * @param folder All pictures of the folder that the part lies in.
 */
export async function recordedPlaces(
  folder: Dataset,
  recorded: readonly RunPicture[],
  options: HashOptions,
): Promise<RecordedPlaces> {
  const placeOf = new Map(namesOf(folder).map((name, index) => [name, index]));
  const present = recorded.flatMap((picture) => {
    const place = placeOf.get(picture.name);
    return place === undefined ? [] : { ...picture, place };
  });
  const places = present.map(({ place }) => place);
  const hashes = await hashesOf(select(folder, places), options);
  const isChanged = (index: number): boolean => {
    const { sha256, class: recordedClass, place = 0 } = present[index] ?? {};
    if (sha256 !== hashes[index]) return true;
    return recordedClass !== undefined && recordedClass !== folder.classes[folder.labelOf(place)];
  };
  return {
    places: places.filter((_, index) => !isChanged(index)),
    missing: recorded.filter(({ name }) => !placeOf.has(name)).map(({ name }) => name),
    changed: present.filter((_, index) => isChanged(index)).map(({ name }) => name),
  };
}

/** The places of a folder's pictures that a run has not recorded. */
export function unrecorded(folder: Dataset, recorded: readonly RunPicture[]): number[] {
  const known = new Set(recorded.map(({ name }) => name));
  return namesOf(folder).flatMap((name, index) => (known.has(name) ? [] : index));
}
