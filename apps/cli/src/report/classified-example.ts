import type * as tfl from '@tensorflow/tfjs-layers';
import type { Dataset, Picture } from '@zoo/loaders';
import { classify, type Mistake } from '@zoo/trainers';
import sharp from 'sharp';
import { pngOf } from '../pictures/png.ts';
import type { ClassifiedExample } from './gallery.ts';

/** Longest side of a picture inside the page: twice of what is shown, for fine screens. */
const maxSide = 192;

/** Mistakes that a page shows. */
const maxMistakes = 12;

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

/** The worst mistakes of a test, as pictures. */
export async function classifiedMistakes(
  model: tfl.LayersModel,
  test: Dataset,
  mistakes: readonly Mistake[],
): Promise<ClassifiedExample[]> {
  const shown: ClassifiedExample[] = [];
  for (const { index, label } of mistakes.slice(0, maxMistakes)) {
    const picture = await test.example(index);
    const example = { name: `test picture ${index}`, file: test.nameOf?.(index), label, picture };
    shown.push(await classifiedExample(model, example, test.classes));
  }
  return shown;
}
