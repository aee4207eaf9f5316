import { writeFileAtomically } from '@zoo/core/files';
import type { Features } from '@zoo/trainers';
import { type NamedTensor, npyBytes, npzBytes, saveTensors } from '@zoo/weights';

/** How names of files end that features are written to. */
export const featureEndings = ['.npy', '.npz', '.safetensors'];

export const endsIn = (file: string, ...some: readonly string[]): boolean =>
  some.some((ending) => file.toLowerCase().endsWith(ending));

/** What is written beside the numbers. */
interface Origin {
  layer: string;
  weights: string;
  /** Of the pictures, in the order of the rows. */
  images: readonly string[];
  /** What each shows, where some are known; empty for the others. */
  truths: readonly string[];
}

/** Writes a row for each picture, in the order given. */
export async function writeFeatures(
  file: string,
  rows: readonly Features[],
  { layer, weights, images, truths }: Origin,
): Promise<void> {
  const shape = [rows.length, ...(rows[0]?.shape ?? [])];
  const tensor: NamedTensor = {
    name: 'features',
    shape,
    data() {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (const [index, row] of rows.entries()) values.set(row.values, index * row.values.length);
      return values;
    },
  };
  const labelled = truths.some((truth) => truth !== '');
  if (endsIn(file, '.npy')) await writeFileAtomically(file, npyBytes(tensor));
  else if (endsIn(file, '.npz'))
    await writeFileAtomically(file, npzBytes([tensor], { names: images, ...(labelled && { labels: truths }) }));
  else {
    const lists = { images: JSON.stringify(images), ...(labelled && { labels: JSON.stringify(truths) }) };
    await saveTensors(file, [tensor], { metadata: { layer, weights, ...lists } });
  }
}
