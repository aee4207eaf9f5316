import { subset, type TrainingAndTest } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';
import { classWeightsOf } from '@zoo/trainers';
import { chooseChannels, partsWithChannels } from '../data/fit-channels.ts';
import { classesOf } from '../data/require-fit.ts';
import { requireStepMemory } from '../data/require-memory.ts';
import type { TrainOptions } from '../options/train-options.ts';
import type { RunOptions } from '../run/run-record.ts';
import { withCliOptionNamesSync } from '../run/weights-messages.ts';
import type { Terminal } from '../terminal.ts';
import { partsOfTraining } from './first-model.ts';
import type { FirstWeights } from './first-weights.ts';
import { withFittingRecipe } from './fitting-recipe.ts';
import { leftOutNotice } from './left-out-steps.ts';
import type { planRun } from './plan.ts';
import { computationOfWeights } from './weights-computation.ts';
import { networkOfWeights } from './weights-network.ts';

/** The setup of a training, before there is a model. */
export interface TrainingSetup {
  spec: ModelSpec;
  /** The pictures as the network takes them, and as many as were asked for. */
  data: TrainingAndTest;
  runOptions: RunOptions;
}

export const limited = ({ training, test }: TrainingAndTest, { limit, seed }: RunOptions): TrainingAndTest => ({
  training: limit === undefined ? training : subset(training, limit, seed),
  test,
});

/**
 * The network for these pictures: as the plan says, and where that leaves something open, as the pictures and the
 * initial weights require. Notices say what was derived from them.
 *
 * @throws ZooError `usage` or `data` where they do not fit together, otherwise as `firstModel`.
 */
export async function setUpTraining(
  plan: ReturnType<typeof planRun>,
  parts: TrainingAndTest,
  options: TrainOptions,
  first: FirstWeights | undefined,
  terminal: Terminal,
): Promise<TrainingSetup> {
  const { source, options: planned, original } = plan;
  const classes = classesOf(source.name, parts.training, options.classes);
  const preset = plan.specFor(classes);
  const begun =
    first && withCliOptionNamesSync(() => networkOfWeights(first, preset, parts.training.channels), partsOfTraining);
  const { channels, note } = chooseChannels({
    source: source.name,
    data: parts.training.channels,
    preset,
    asked: options.inChannels,
    weights: begun?.inChannels,
  });
  if (note !== undefined) terminal.note(note);
  const width = options.width ?? begun?.width;
  if (options.width === undefined && width !== undefined)
    terminal.note(`${planned.weights}: has the layers of --width ${width}, so the network is built with that width.`);
  const configured = plan.specFor(classes, { inChannels: channels, ...(width !== undefined && { width }) });
  const leftOut = leftOutNotice(planned.recipe.augment, configured, { isAsked: options.augment !== undefined });
  if (leftOut !== undefined) terminal.note(`${source.name}: ${leftOut}`);
  if (planned.classWeights) classWeightsOf(parts.training, planned.classWeights);
  const data = limited(partsWithChannels(parts, channels), planned);
  const { spec: fitting, notice } = withFittingRecipe(configured, original, data.training.length, options);
  if (notice) terminal.note(`${source.name}: ${notice}`);
  const { spec, note: taken } = first
    ? computationOfWeights(first, fitting, options.lrn !== undefined)
    : { spec: fitting };
  if (taken !== undefined) terminal.note(taken);
  const runOptions = { ...planned, ...(width !== undefined && { width }), recipe: spec.recipe };
  requireStepMemory(spec, spec.recipe, data.training.length);
  return { spec, data, runOptions };
}
