import {
  centerCrop,
  horizontalFlip,
  normalize,
  pad,
  pcaColour,
  randomCrop,
  resize,
  resizeShorterSide,
  type Transform,
  tenCrop,
} from '@zoo/loaders';
import type { Augmentation, ModelSpec } from '@zoo/spec';

const padded = (padding: number): Transform[] => (padding === 0 ? [] : [pad(padding)]);

/** Scales any picture to the size from which the network's input is cropped. */
function scale({ input: [height, width], preprocessing }: ModelSpec): Transform[] {
  const { resizeShorterSide: side, padding = 0 } = preprocessing;
  const [rows, columns] = [height - 2 * padding, width - 2 * padding];
  return [side === undefined ? resize(rows, columns) : resizeShorterSide(side), ...padded(padding)];
}

/** The transforms for training pictures. */
export function trainingTransforms(spec: ModelSpec, augment: Augmentation): Transform[] {
  const [height, width] = spec.input;
  return [
    ...scale(spec),
    randomCrop(height, width, { padding: augment.cropPadding }),
    ...(augment.flip ? [horizontalFlip()] : []),
    ...(augment.pcaColour ? [pcaColour()] : []),
    normalize(spec.preprocessing),
  ];
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
