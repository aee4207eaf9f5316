import path from 'node:path';
import { writeFileAtomically } from '@zoo/core/files';
import type { Dataset, Picture } from '@zoo/loaders';
import { fileNameOf } from '../pictures/file-label.ts';
import { pngOf } from '../pictures/png.ts';

/** A test picture that a run keeps. */
export interface SavedExample {
  /** Name inside the run's folder of examples. */
  name: string;
  label: number;
  picture: Picture;
}

/** Indices of `count` examples: the first of every class, then the second, until there are enough. */
export function spreadOverClasses(dataset: Dataset, count: number): number[] {
  const byClass: number[][] = dataset.classes.map(() => []);
  for (let index = 0; index < dataset.length; index++) byClass[dataset.labelOf(index)]?.push(index);
  const rounds = Math.max(...byClass.map((indices) => indices.length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    byClass.flatMap((indices) => indices[round] ?? []),
  ).flat();
  return inTurn.slice(0, count);
}

/** Writes test pictures as PNG files, one to one, named by what they show: `cat-103.png`. */
export async function saveExamples(folder: string, test: Dataset, count = 20): Promise<SavedExample[]> {
  const saved: SavedExample[] = [];
  for (const index of spreadOverClasses(test, count)) {
    const picture = await test.example(index);
    const name = `${fileNameOf(test.classes[picture.label] ?? '')}-${index}.png`;
    await writeFileAtomically(path.join(folder, name), await pngOf(picture));
    saved.push({ name, label: picture.label, picture });
  }
  return saved;
}
