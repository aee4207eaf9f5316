import { type Batch, softLabels } from '@zoo/loaders';

/** How labels become targets of the loss. */
export interface TargetOptions {
  classes: number;
  /** Share of each label that is spread evenly over all classes. */
  labelSmoothing: number;
}

/**
 * The probability of each class that the loss asks for, `[n, classes]`: the label, or what `targets` says, with smoothing.
 * `t ← (1−ε)·t + ε/classes` (Szegedy et al. 2016, section 7).
 */
export function softTargets(
  { labels, targets }: Pick<Batch, 'labels' | 'targets'>,
  { classes, labelSmoothing }: TargetOptions,
): Float32Array {
  const own = targets ?? softLabels({ labels }, classes);
  return own.map((target) => (1 - labelSmoothing) * target + labelSmoothing / classes);
}

/**
 * What each log-probability counts in the loss of a batch, `[n, classes]`, as in PyTorch's CrossEntropyLoss: `w[class]·t`, divided by the
 * sum of the labels' weights; for `targets`, by the number of pictures.
 *
 * @param soft As `softTargets` makes them of the batch.
 * @param classWeights The weight of each class. Default: equal weights.
 */
export function lossCoefficients(
  { labels, targets }: Pick<Batch, 'labels' | 'targets'>,
  soft: Float32Array,
  classWeights?: Float32Array,
): Float32Array {
  const divisor =
    targets || !classWeights ? labels.length : labels.reduce((sum, label) => sum + (classWeights[label] ?? 1), 0);
  const classes = soft.length / labels.length;
  return soft.map((target, place) => (target * (classWeights?.[place % classes] ?? 1)) / divisor);
}
