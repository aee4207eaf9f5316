import { ZooError } from '@zoo/core';
import {
  type BatchTransform,
  centerCrop,
  colourJitter,
  cutMix,
  horizontalFlip,
  imagenetColours,
  mixUp,
  normalize,
  oneOf,
  pad,
  pcaColour,
  randAugment,
  randomCrop,
  randomErasing,
  randomResizedCrop,
  resize,
  resizeShorterSide,
  type Transform,
  tenCrop,
} from '@zoo/loaders';
import { type Augmentation, augmentationProblem, augmentationStages, type ModelSpec } from '@zoo/spec';

const padded = (padding: number): Transform[] => (padding === 0 ? [] : [pad(padding)]);

/** Scales any picture to the size from which the network's input is cropped. */
function scale({ input: [height, width], preprocessing }: ModelSpec): Transform[] {
  const { resizeShorterSide: side, padding = 0 } = preprocessing;
  const [rows, columns] = [height - 2 * padding, width - 2 * padding];
  return [side === undefined ? resize(rows, columns) : resizeShorterSide(side), ...padded(padding)];
}

/** The part of a picture that is trained on, and how it comes to the network's size. */
function cropFor(spec: ModelSpec, step: Augmentation | undefined): Transform[] {
  const [height, width] = spec.input;
  const { padding = 0 } = spec.preprocessing;
  if (step?.kind === 'randomResizedCrop')
    return [randomResizedCrop(height - 2 * padding, width - 2 * padding, step), ...padded(padding)];
  return [...scale(spec), step?.kind === 'randomCrop' ? randomCrop(height, width, step) : centerCrop(height, width)];
}

/** A step that changes a picture and leaves its size. */
function changeFor(step: Augmentation): Transform | undefined {
  switch (step.kind) {
    case 'horizontalFlip':
      return horizontalFlip(step.probability);
    case 'pcaColour':
      return pcaColour(imagenetColours, step.deviation);
    case 'colourJitter':
      return colourJitter(step);
    case 'randAugment':
      return randAugment(step);
    case 'randomErasing':
      return randomErasing(step);
    default:
      return undefined;
  }
}

/** @throws ZooError `usage` for a step of no known kind, and for steps that are out of order. */
function requireAugment(augment: readonly Augmentation[]): void {
  const unknown = augment.find(({ kind }) => !Object.hasOwn(augmentationStages, kind));
  if (unknown)
    throw new ZooError(
      'usage',
      `augment: no step is of kind ${unknown.kind}, only ${Object.keys(augmentationStages).join(', ')}.`,
    );
  const problem = augmentationProblem(augment);
  if (problem !== undefined) throw new ZooError('usage', `augment: ${problem}. Change the order of the steps.`);
}

/**
 * The transforms for training pictures: scaled and cropped, augmented, normalised, erased.
 *
 * @throws ZooError `usage` for steps that are out of order, or whose numbers make no sense.
 */
export function trainingTransforms(spec: ModelSpec, augment: readonly Augmentation[]): Transform[] {
  requireAugment(augment);
  const at = (stage: number): Transform[] =>
    augment.flatMap((step) => (augmentationStages[step.kind] === stage ? (changeFor(step) ?? []) : []));
  const crop = augment.find(({ kind }) => augmentationStages[kind] === 0);
  return [...cropFor(spec, crop), ...at(1), normalize(spec.preprocessing), ...at(2)];
}

/** What is done to whole batches; for MixUp and CutMix together, one of them each time. Undefined for nothing. */
export function trainingMix(augment: readonly Augmentation[]): BatchTransform | undefined {
  const mixes = augment.flatMap((step) => {
    if (step.kind === 'mixUp') return [mixUp(step.alpha)];
    return step.kind === 'cutMix' ? [cutMix(step.alpha)] : [];
  });
  return mixes.length > 1 ? oneOf(...mixes) : mixes[0];
}

/** The transforms for test pictures: the middle is cropped. */
export function evaluationTransforms(spec: ModelSpec): Transform[] {
  const [height, width] = spec.input;
  return [...scale(spec), centerCrop(height, width), normalize(spec.preprocessing)];
}

/**
 * The ten views whose predictions the paper averages (section 4.1), a pipeline a view.
 * A preset that takes whole pictures is given an eighth less of each side, as 224 of 256.
 */
export function tenCropTransforms(spec: ModelSpec): Transform[][] {
  const [height, width] = spec.input;
  const { padding = 0 } = spec.preprocessing;
  const side = spec.preprocessing.resizeShorterSide ?? Math.round((Math.max(height, width) * 8) / 7) - 2 * padding;
  return tenCrop(height, width).map((view) => [
    resizeShorterSide(side),
    ...padded(padding),
    view,
    normalize(spec.preprocessing),
  ]);
}
