import type { Batch } from '@zoo/loaders';

/** A batch to train on. `targets`: the probability of each class, `[n, classes]`, where pictures are of several, as MixUp makes them. */
export type LabelledBatch = Batch & { readonly targets?: Float32Array | undefined };

/** How labels become targets of the loss. */
export interface TargetOptions {
  classes: number;
  /** Share of each label that is spread evenly over all classes. */
  labelSmoothing: number;
  /** The weight of each class. Default: equal weights. */
  classWeights?: Float32Array | undefined;
}

/**
 * The probability of each class that the loss asks for, `[n, classes]`: the label, or what `targets` says, with smoothing.
 * `t ← (1−ε)·t + ε/classes` (Szegedy et al. 2016, section 7).
 */
export function softTargets(
  { labels, targets }: Pick<LabelledBatch, 'labels' | 'targets'>,
  { classes, labelSmoothing }: TargetOptions,
): Float32Array {
  const soft = new Float32Array(labels.length * classes);
  for (let place = 0; place < soft.length; place++) {
    const hard = labels[Math.floor(place / classes)] === place % classes ? 1 : 0;
    const own = targets ? (targets[place] ?? 0) : hard;
    soft[place] = (1 - labelSmoothing) * own + labelSmoothing / classes;
  }
  return soft;
}

/**
 * What each log-probability counts in the loss of a batch, `[n, classes]`, as in PyTorch's CrossEntropyLoss: `w[class]·t`, divided by the
 * sum of the labels' weights; for `targets`, by the number of pictures.
 */
export function lossCoefficients(
  batch: Pick<LabelledBatch, 'labels' | 'targets'>,
  options: TargetOptions,
): Float32Array {
  const { classes, classWeights } = options;
  const soft = softTargets(batch, options);
  const divisor =
    batch.targets || !classWeights
      ? batch.labels.length
      : batch.labels.reduce((sum, label) => sum + (classWeights[label] ?? 1), 0);
  return soft.map((target, place) => (target * (classWeights?.[place % classes] ?? 1)) / divisor);
}
