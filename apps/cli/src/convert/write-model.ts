import { stat } from 'node:fs/promises';
import type * as tfl from '@tensorflow/tfjs-layers';
import { writeFileAtomically } from '@zoo/core/files';
import { saveWeights } from '@zoo/weights';

export interface WrittenFile {
  path: string;
  bytes: number;
}

/** Writes a model as the ending of the file says, and tells what was written. */
export async function writeModel(
  file: string,
  { model, labels, source }: { model: tfl.LayersModel; labels: readonly string[]; source: () => string },
): Promise<WrittenFile[]> {
  const isSource = file.toLowerCase().endsWith('.py');
  if (isSource) await writeFileAtomically(file, source());
  const paths = isSource ? [file] : await saveWeights(model, file, { labels });
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
}
