/** A random part of the picture, in the network's size (torchvision, `RandomCrop`). */
export interface RandomCrop {
  kind: 'randomCrop';
  /** Black pixels added on each side first. */
  padding: number;
}

/** A part of random size and proportions, scaled to the network's size, in place of the preset's scaling (torchvision, `RandomResizedCrop`). */
export interface RandomResizedCrop {
  kind: 'randomResizedCrop';
  /** Share of the picture's area, from least to most. */
  scale: readonly [least: number, most: number];
  /** Width divided by height, from least to most. */
  ratio: readonly [least: number, most: number];
}

/** Left and right swapped in a share of the pictures (torchvision, `RandomHorizontalFlip`). */
export interface HorizontalFlip {
  kind: 'horizontalFlip';
  probability: number;
}

/** Colours shifted along the principal components of ImageNet's pixels (paper, section 4.1). */
export interface PcaColour {
  kind: 'pcaColour';
  /** Standard deviation of the shift along each component. */
  deviation: number;
}

/** Brightness, contrast, saturation and hue changed at random, each by up to so much (torchvision, `ColorJitter`). */
export interface ColourJitter {
  kind: 'colourJitter';
  brightness: number;
  contrast: number;
  saturation: number;
  /** Share of a whole turn of the colour wheel, at most 0.5. */
  hue: number;
}

/** A few random operations of one strength on each picture (Cubuk et al. 2019; torchvision, `RandAugment`). */
export interface RandAugment {
  kind: 'randAugment';
  operations: number;
  /** 0 to 30. */
  magnitude: number;
}

/** A random rectangle set to the mean, in a share of the pictures (Zhong et al. 2017; torchvision, `RandomErasing`). */
export interface RandomErasing {
  kind: 'randomErasing';
  probability: number;
  /** Share of the picture's area, from least to most. */
  scale: readonly [least: number, most: number];
  /** Height divided by width, from least to most. */
  ratio: readonly [least: number, most: number];
}

/** Pictures of a batch mixed in pairs, with soft labels (Zhang et al. 2017; torchvision, `MixUp`). */
export interface MixUp {
  kind: 'mixUp';
  /** Of the beta distribution of the shares. */
  alpha: number;
}

/** Parts of the pictures of a batch swapped in pairs, with soft labels (Yun et al. 2019; torchvision, `CutMix`). */
export interface CutMix {
  kind: 'cutMix';
  /** Of the beta distribution of the shares. */
  alpha: number;
}

/** A step of the augmentation of training pictures. */
export type Augmentation =
  | RandomCrop
  | RandomResizedCrop
  | HorizontalFlip
  | PcaColour
  | ColourJitter
  | RandAugment
  | RandomErasing
  | MixUp
  | CutMix;

/** Each kind of step with its usual numbers: those of its paper, or torchvision's. What a file leaves out is as here. */
export const usualAugmentations: { readonly [Kind in Augmentation['kind']]: Extract<Augmentation, { kind: Kind }> } = {
  randomCrop: { kind: 'randomCrop', padding: 0 },
  randomResizedCrop: { kind: 'randomResizedCrop', scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
  horizontalFlip: { kind: 'horizontalFlip', probability: 0.5 },
  pcaColour: { kind: 'pcaColour', deviation: 0.1 },
  // timm's --color-jitter.
  colourJitter: { kind: 'colourJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0 },
  randAugment: { kind: 'randAugment', operations: 2, magnitude: 9 },
  randomErasing: { kind: 'randomErasing', probability: 0.5, scale: [0.02, 0.33], ratio: [0.3, 3.3] },
  mixUp: { kind: 'mixUp', alpha: 0.2 },
  cutMix: { kind: 'cutMix', alpha: 1 },
};

/** When in a pipeline a step is made: a part is cut out, the picture is changed, then normalised and erased, and mixed with others. */
export const augmentationStages: { readonly [Kind in Augmentation['kind']]: 0 | 1 | 2 | 3 } = {
  randomCrop: 0,
  randomResizedCrop: 0,
  horizontalFlip: 1,
  pcaColour: 1,
  colourJitter: 1,
  randAugment: 1,
  randomErasing: 2,
  mixUp: 3,
  cutMix: 3,
};

/** How many channels a picture may have for a step that not all can have: PCA of colours takes RGB, what weighs or turns colours also grey. */
export const augmentationChannels: { readonly [Kind in Augmentation['kind']]?: readonly number[] } = {
  pcaColour: [3],
  colourJitter: [1, 3],
  randAugment: [1, 3],
};

/** Whether pictures of so many channels can have a step. */
export const fitsChannels = ({ kind }: Pick<Augmentation, 'kind'>, channels: number): boolean =>
  augmentationChannels[kind]?.includes(channels) ?? true;

/** Those of the steps that pictures of so many channels can have: the same list where these are all. */
export function augmentForChannels(augment: readonly Augmentation[], channels: number): readonly Augmentation[] {
  const fitting = augment.filter((step) => fitsChannels(step, channels));
  return fitting.length === augment.length ? augment : fitting;
}

/** Why steps cannot be made in this order; undefined when they can. */
export function augmentationProblem(augment: readonly Pick<Augmentation, 'kind'>[]): string | undefined {
  for (const [place, { kind }] of augment.entries()) {
    const before = augment[place - 1];
    if (!before) continue;
    if (augmentationStages[before.kind] > augmentationStages[kind])
      return `${kind} is after ${before.kind}, expected in this order: a crop, changes of the picture, randomErasing, mixUp and cutMix`;
    if (augmentationStages[kind] === 0) return `${kind} is after ${before.kind}, expected one crop`;
    if (augmentationStages[kind] === 3 && augment.slice(0, place).some((one) => one.kind === kind))
      return `${kind} is there twice, expected once`;
  }
  return undefined;
}
