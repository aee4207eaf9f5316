import {
  centerCrop,
  horizontalFlip,
  normalize,
  pcaColour,
  randomCrop,
  resize,
  resizeShorterSide,
  type Transform,
  tenCrop,
} from '@zoo/loaders';
import type { Augmentation, ModelSpec } from '@zoo/spec';

/** What brings any picture to the size from which the network's input is cut. */
function scale({ input: [height, width], preprocessing: { resizeShorterSide: side } }: ModelSpec): Transform {
  return side === undefined ? resize(height, width) : resizeShorterSide(side);
}

/** A picture as the network sees it while training. */
export function trainingTransforms(spec: ModelSpec, augment: Augmentation): Transform[] {
  const [height, width] = spec.input;
  return [
    scale(spec),
    randomCrop(height, width, { padding: augment.cropPadding }),
    ...(augment.flip ? [horizontalFlip()] : []),
    ...(augment.pcaColour ? [pcaColour()] : []),
    normalize(spec.preprocessing),
  ];
}

/** A picture as the network sees it while being tested: its middle. */
export function evaluationTransforms(spec: ModelSpec): Transform[] {
  const [height, width] = spec.input;
  return [scale(spec), centerCrop(height, width), normalize(spec.preprocessing)];
}

/**
 * The ten views whose predictions the paper averages (section 4.1), a pipeline a view.
 * A preset that takes whole pictures is given an eighth less of each side, as 224 of 256.
 */
export function tenCropTransforms(spec: ModelSpec): Transform[][] {
  const [height, width] = spec.input;
  const side = spec.preprocessing.resizeShorterSide ?? Math.round((Math.max(height, width) * 8) / 7);
  return tenCrop(height, width).map((view) => [resizeShorterSide(side), view, normalize(spec.preprocessing)]);
}
