import { inferShapes, type ModelSpec } from '@zoo/spec';
import { allPresets } from '../families.ts';
import report from '../guide/performance.json';

/** Pictures in the training sets of the examples. */
const pictures: Readonly<Record<string, number>> = { cifar10: 50_000, mnist: 60_000 };

/** Milliseconds a picture, of the zoo's training steps on wasm: the largest batch of each network that the benchmark has. */
const measured: ReadonlyMap<string, number> = new Map(
  report.results
    .filter(({ contender, work }) => contender === 'zoo-wasm' && work === 'step')
    .sort((a, b) => a.batch - b.batch)
    .map(({ network, milliseconds, batch }) => [network, milliseconds / batch]),
);

const reference = 'torchvision';

/** Measured, or from the network of the benchmark that is as large, by multiply-adds. */
function millisecondsPerPicture(spec: ModelSpec): number {
  const own = spec.family === 'alexnet' ? measured.get(spec.preset) : undefined;
  if (own !== undefined) return own;
  const known = allPresets.find(({ preset }) => preset === reference);
  const perMultAdd = known ? (measured.get(reference) ?? 0) / inferShapes(known).multAdds : 0;
  return perMultAdd * inferShapes(spec).multAdds;
}

/** `about 40 minutes`, `about 2 hours`, `about 3 days`. */
export function roughly(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 1.5) return 'about a minute';
  if (minutes < 90) return `about ${Math.round(minutes)} minutes`;
  if (minutes < 36 * 60) return `about ${Math.round(minutes / 60)} hours`;
  return `about ${Math.round(minutes / 60 / 24)} days`;
}

/** A training that was made here: its network, and the milliseconds of an epoch. */
export interface MeasuredTraining {
  spec: ModelSpec;
  epoch: number;
}

/**
 * How long a recipe takes for the pictures that it was made for: from trainings here, if one was on pictures of the same size, by
 * multiply-adds, and else from the benchmark.
 */
export function recipeTime(spec: ModelSpec, trainings: readonly MeasuredTraining[]): string {
  const { epochs, examples = 0 } = spec.recipe;
  const alike = trainings.find(
    (one) => one.spec.recipe.examples === examples && String(one.spec.input) === String(spec.input),
  );
  const work = (one: ModelSpec): number => inferShapes(one).multAdds;
  return roughly(
    epochs * (alike ? (alike.epoch * work(spec)) / work(alike.spec) : millisecondsPerPicture(spec) * examples),
  );
}

/** How long the recipe takes on the machine of the benchmark, from what was measured there. */
export function trainingTime(spec: ModelSpec, data: string): string {
  const { epochs } = spec.recipe;
  const time = millisecondsPerPicture(spec) * epochs * (pictures[data] ?? 0);
  const sooner = time > 3_600_000 ? ' `--width 0.25 --max-minutes 30` shows sooner what it learns.' : '';
  return `The ${epochs === 1 ? 'epoch' : `${epochs} epochs`} of the recipe take ${roughly(time)} on two cores, as [measured](/guide/performance).${sooner}`;
}
