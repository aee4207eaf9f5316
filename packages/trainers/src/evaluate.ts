import type * as tfl from '@tensorflow/tfjs-layers';
import { type OnProgress, yieldToEventLoop, ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers/model';
import { type Batch, batches, type Dataset } from '@zoo/loaders';
import { requireFit } from './fits-model.ts';
import { evaluationSteps, tenCropTransforms } from './pipelines.ts';
import { probabilities } from './probabilities.ts';
import { addExample, emptyScore, evaluationOf } from './score.ts';
import type { Evaluation } from './train-event.ts';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Examples at a time: a question of memory, not of the result. Default: 100. */
  batchSize?: number;
  /** Average the probabilities over corners, middle and their mirror images (paper, section 4.1). Default: false, the middle alone. */
  tenCrop?: boolean;
  /** Threads that decode and transform pictures, as `workers` of `batches`; with `tenCrop` none. Default: as there. */
  workers?: number | undefined;
  /** Called with a line where workers cannot be had. */
  onNotice?: ((line: string) => void) | undefined;
  signal?: AbortSignal;
  onProgress?: OnProgress;
  /** Called for every example, in order, with its index and the probability of each class. */
  onExample?: (index: number, probabilities: Float32Array) => void;
}

/** Mean of the views' probabilities for each picture. */
async function averaged(model: tfl.LayersModel, views: readonly Batch[]): Promise<Float32Array[]> {
  const [first = [], ...others] = await mapInOrder(views, (view) => probabilities(model, view));
  return first.map((row, picture) =>
    row.map((value, index) => others.reduce((sum, view) => sum + (view[picture]?.[index] ?? 0), value) / views.length),
  );
}

async function mapInOrder<A, B>(items: readonly A[], make: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await make(item));
  return results;
}

/**
 * Evaluates a model on a data set, whose pictures are preprocessed as its spec says.
 *
 * @throws ZooError `data` when channels or classes do not fit, `not-finite` where the network gives NaN, `interrupted` when the
 *   signal is aborted.
 */
export async function evaluate(
  model: tfl.LayersModel,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { batchSize = 100, tenCrop = false, signal, onProgress, onExample, onNotice } = options;
  const workers = tenCrop ? 0 : options.workers;
  const spec = specOf(model);
  requireFit(dataset, spec);
  const pipelines = tenCrop ? tenCropTransforms(spec) : [evaluationSteps(spec)];
  const streams = pipelines.map((transforms) => batches(dataset, { batchSize, transforms, workers, onNotice }));
  const score = emptyScore(spec.classes);
  try {
    while (score.examples < dataset.length) {
      if (signal?.aborted)
        throw new ZooError(
          'interrupted',
          `${dataset.name}: evaluation stopped after ${score.examples} of ${dataset.length} examples.`,
        );
      const views = await mapInOrder(streams, async (stream) => (await stream.next()).value);
      const present = views.filter((view) => view !== undefined);
      const rows = await averaged(model, present);
      for (const [index, row] of rows.entries()) {
        onExample?.(score.examples, row);
        addExample(score, row, present[0]?.labels[index] ?? 0);
      }
      onProgress?.({
        task: `testing on ${dataset.name}`,
        done: score.examples,
        total: dataset.length,
        unit: 'examples',
      });
      await yieldToEventLoop();
    }
  } finally {
    // Lets go of their workers, also where the evaluation ends early.
    for (const stream of streams) await stream.return();
  }
  return evaluationOf(score);
}
