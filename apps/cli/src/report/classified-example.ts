import type * as tfl from '@tensorflow/tfjs-layers';
import type { Dataset, Picture } from '@zoo/loaders';
import { classify, type Evaluation, type Guess } from '@zoo/trainers';
import sharp from 'sharp';
import { pngOf } from '../pictures/png.ts';
import type { ClassifiedExample } from './gallery.ts';
import type { ShownGuesses } from './guess-sections.ts';

/** Longest side of a picture inside the page: twice of what is shown, for fine screens. */
const maxSide = 192;

/** Pictures of each kind that a page shows. */
const most = { mistakes: 10, uncertain: 5, confident: 5 };

/** A picture of a known class for a page, with what the network makes of it. */
export async function classifiedExample(
  model: tfl.LayersModel,
  { name, file, label, picture }: { name: string; file?: string | undefined; label: number; picture: Picture },
  classes: readonly string[],
): Promise<ClassifiedExample> {
  const { data, info } = await sharp(await pngOf(picture))
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  return {
    name,
    ...(file !== undefined && { file }),
    label: classes[label] ?? '',
    predictions: await classify(model, picture, { labels: classes, top: 3 }),
    png: data,
    width: info.width,
    height: info.height,
  };
}

async function classifiedGuesses(
  model: tfl.LayersModel,
  test: Dataset,
  guesses: readonly Guess[],
): Promise<ClassifiedExample[]> {
  const shown: ClassifiedExample[] = [];
  for (const { index, label } of guesses) {
    const picture = await test.example(index);
    const example = { name: `test picture ${index}`, file: test.nameOf?.(index), label, picture };
    shown.push(await classifiedExample(model, example, test.classes));
  }
  return shown;
}

type Guesses = Pick<Evaluation, keyof ShownGuesses>;

/** What a page shows of a test. Where there are so few pictures that the surest are also the least sure, these are shown once. */
export function chosenGuesses({ mistakes, uncertain, confident }: Guesses): Guesses {
  const [least, surest] = [uncertain.slice(0, most.uncertain), confident.slice(0, most.confident)];
  const repeats = surest.some(({ index }) => least.some((one) => one.index === index));
  return { mistakes: mistakes.slice(0, most.mistakes), uncertain: least, confident: repeats ? [] : surest };
}

/** The pictures of a test that say most about a network. */
export async function shownGuesses(model: tfl.LayersModel, test: Dataset, evaluation: Guesses): Promise<ShownGuesses> {
  const { mistakes, uncertain, confident } = chosenGuesses(evaluation);
  return {
    mistakes: await classifiedGuesses(model, test, mistakes),
    uncertain: await classifiedGuesses(model, test, uncertain),
    confident: await classifiedGuesses(model, test, confident),
  };
}
