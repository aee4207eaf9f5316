import { coreCount } from '#workers';
import type { Dataset } from '../dataset.ts';
import type { Transform } from '../transform.ts';
import type { TransformStep } from '../transform-step.ts';

/** Fewer pictures than this are decoded in the time that workers take to start. */
const fewExamples = 256;
/** Each takes memory of its own, and Node decodes on four threads. */
const maxWorkers = 8;

export const isData = (transforms: readonly (Transform | TransformStep)[]): transforms is readonly TransformStep[] =>
  transforms.every((one) => typeof one !== 'function');

/** As many workers as there are cores where pictures have to be decoded; none for pictures in memory, and for functions. */
export function defaultWorkers(dataset: Dataset, transforms: readonly (Transform | TransformStep)[]): number {
  if (!dataset.sourceOf || dataset.length < fewExamples || !isData(transforms)) return 0;
  return Math.min(coreCount(), maxWorkers);
}
