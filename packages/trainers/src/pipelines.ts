import { ZooError } from '@zoo/core';
import {
  type BatchTransform,
  cutMix,
  mixUp,
  oneOf,
  type Transform,
  type TransformStep,
  tenCrop,
  transformsOf,
} from '@zoo/loaders';
import {
  type Augmentation,
  augmentationChannels,
  augmentationProblem,
  augmentationSizeProblem,
  augmentationStages,
  fitsChannels,
  type ModelSpec,
} from '@zoo/spec';

const padded = (padding: number): TransformStep[] => (padding === 0 ? [] : [{ kind: 'pad', padding }]);

/** @throws ZooError `spec` where pictures are scaled to less than the network's input. */
function requireScale({ family, preset, input: [height, width], preprocessing }: ModelSpec): void {
  const { resizeShorterSide: size, padding = 0 } = preprocessing;
  const least = Math.max(height, width) - 2 * padding;
  if (size !== undefined && size < least)
    throw new ZooError(
      'spec',
      `${family}/${preset}: its pictures are scaled to a shorter side of ${size}, expected at least ${least} for an input of ${height}x${width}. Make resizeShorterSide larger, or the input smaller.`,
    );
}

/** Scales any picture to the size from which the network's input is cropped. */
function scale(spec: ModelSpec): TransformStep[] {
  requireScale(spec);
  const [height, width] = spec.input;
  const { resizeShorterSide: size, padding = 0 } = spec.preprocessing;
  const whole = { kind: 'resize', height: height - 2 * padding, width: width - 2 * padding } as const;
  return [size === undefined ? whole : { kind: 'resizeShorterSide', size }, ...padded(padding)];
}

const normalizing = ({ preprocessing: { range, mean, std, channels } }: ModelSpec): TransformStep => ({
  kind: 'normalize',
  range,
  mean,
  std,
  channels,
});

/** The part of a picture that is trained on, and how it comes to the network's size. */
function cropFor(spec: ModelSpec, step: Augmentation | undefined): TransformStep[] {
  const [height, width] = spec.input;
  const { padding = 0 } = spec.preprocessing;
  if (step?.kind === 'randomResizedCrop')
    return [{ ...step, height: height - 2 * padding, width: width - 2 * padding }, ...padded(padding)];
  return [...scale(spec), { ...(step?.kind === 'randomCrop' ? step : { kind: 'centerCrop' }), height, width }];
}

type Change = Exclude<Augmentation, { kind: 'randomCrop' | 'randomResizedCrop' | 'mixUp' | 'cutMix' }>;

/** Whether a step changes a picture and leaves its size. */
const isChange = (step: Augmentation): step is Change => [1, 2].includes(augmentationStages[step.kind]);

/** @throws ZooError `usage` for a step of no known kind, one for other channels or another size, and steps that are out of order. */
function requireAugment(augment: readonly Augmentation[], spec: ModelSpec): void {
  const [, , channels] = spec.input;
  const unknown = augment.find(({ kind }) => !Object.hasOwn(augmentationStages, kind));
  if (unknown)
    throw new ZooError(
      'usage',
      `augment: no step is of kind ${unknown.kind}, only ${Object.keys(augmentationStages).join(', ')}.`,
    );
  const misfit = augment.find((step) => !fitsChannels(step, channels));
  if (misfit) {
    const fitting = augmentationChannels[misfit.kind] ?? [];
    throw new ZooError(
      'usage',
      `augment: ${misfit.kind} is for pictures of ${fitting.join(' or ')} channels, but the network takes ${channels}. Leave it out, or build the network with inChannels: ${fitting.at(-1)}.`,
    );
  }
  for (const step of augment) {
    const problem = augmentationSizeProblem(step, spec);
    if (problem !== undefined) throw new ZooError('usage', `augment: ${step.kind} ${problem}`);
  }
  const problem = augmentationProblem(augment);
  if (problem !== undefined) throw new ZooError('usage', `augment: ${problem}. Change the order of the steps.`);
}

/**
 * The steps for training pictures: scaled and cropped, augmented, normalised, erased.
 *
 * @throws ZooError `usage` for steps that are out of order, or that pictures of the network's channels or size cannot have; `spec` as
 *   `evaluationSteps`.
 */
export function trainingSteps(spec: ModelSpec, augment: readonly Augmentation[]): TransformStep[] {
  requireAugment(augment, spec);
  const at = (stage: number): Change[] =>
    augment.filter(isChange).filter(({ kind }) => augmentationStages[kind] === stage);
  const crop = augment.find(({ kind }) => augmentationStages[kind] === 0);
  return [...cropFor(spec, crop), ...at(1), normalizing(spec), ...at(2)];
}

/** What is done to whole batches; for MixUp and CutMix together, one of them each time. Undefined for nothing. */
export function trainingMix(augment: readonly Augmentation[]): BatchTransform | undefined {
  const mixes = augment.flatMap((step) => {
    if (step.kind === 'mixUp') return [mixUp(step.alpha)];
    return step.kind === 'cutMix' ? [cutMix(step.alpha)] : [];
  });
  return mixes.length > 1 ? oneOf(...mixes) : mixes[0];
}

/**
 * The steps for test pictures: the middle is cropped.
 *
 * @throws ZooError `spec` where pictures are scaled to less than the network's input.
 */
export function evaluationSteps(spec: ModelSpec): TransformStep[] {
  const [height, width] = spec.input;
  return [...scale(spec), { kind: 'centerCrop', height, width }, normalizing(spec)];
}

/** The same as functions. */
export const evaluationTransforms = (spec: ModelSpec): Transform[] => transformsOf(evaluationSteps(spec));

/**
 * The ten views whose predictions the paper averages (section 4.1), a pipeline a view.
 * A preset that takes whole pictures is given an eighth less of each side, as 224 of 256.
 *
 * @throws ZooError `spec` where pictures are scaled to less than the network's input.
 */
export function tenCropTransforms(spec: ModelSpec): Transform[][] {
  requireScale(spec);
  const [height, width] = spec.input;
  const { padding = 0 } = spec.preprocessing;
  const side = spec.preprocessing.resizeShorterSide ?? Math.round((Math.max(height, width) * 8) / 7) - 2 * padding;
  return tenCrop(height, width).map((view) => [
    ...transformsOf([{ kind: 'resizeShorterSide', size: side }, ...padded(padding)]),
    view,
    ...transformsOf([normalizing(spec)]),
  ]);
}
