import type * as tfl from '@tensorflow/tfjs-layers';
import { type Evaluation, loadAverages } from '@zoo/trainers';
import { loadWeights, saveWeights } from '@zoo/weights';
import type { RunFolder } from '../run/run-folder.ts';

/**
 * Writes the averaged weights of a run beside its weights, out of its checkpoint, and tests them. The model has its weights again afterwards.
 *
 * @param evaluate Tests the model as it is.
 */
export async function saveAverages(
  model: tfl.LayersModel,
  run: RunFolder,
  labels: readonly string[],
  evaluate: () => Promise<Evaluation>,
): Promise<Evaluation> {
  await loadAverages(model, run.checkpoint);
  try {
    const evaluation = await evaluate();
    await saveWeights(model, run.averages, { labels });
    return evaluation;
  } finally {
    await loadWeights(model, run.weights);
  }
}
