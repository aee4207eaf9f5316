import type { ModelSpec, Preprocessing } from '@zoo/spec';
import type { StatedNetwork, TensorFile } from '@zoo/tensor-files';
import { specKey } from '../model-metadata.ts';

/** The mean colour of ImageNet, red first, from 0 to 255, and what Caffe's models subtract for it, blue first. */
const imagenetMean = [123.68, 116.779, 103.939] as const;
const caffeMean = [104, 117, 123] as const;

/** Whether a preset is for ImageNet's pictures, by the mean that it subtracts. */
function isForImagenet({ channels, range, mean }: Preprocessing): boolean {
  const red = channels === 'bgr' ? mean.toReversed() : mean;
  return red.length === 3 && red.every((value, at) => Math.abs((value * 255) / range - (imagenetMean[at] ?? 0)) < 1.5);
}

/**
 * Whether a file's network sees blue, green, red: Caffe reads pictures so. Its examples for other data do not come through its reader of
 * pictures, and keep the order of that data.
 */
export const seesBgr = (network: StatedNetwork | undefined, { input, preprocessing }: ModelSpec): boolean =>
  network?.pictures?.channels === 'bgr' && input[2] === 3 && isForImagenet(preprocessing);

/** Whether pictures are normalised alike, in whatever range that is said. */
const isSame = (a: Preprocessing, b: Preprocessing): boolean =>
  (['mean', 'std'] as const).every((part) =>
    a[part].every((value, at) => Math.abs(value / a.range - (b[part][at] ?? Number.NaN) / b.range) < 1e-4),
  );

/** Whether a file says nothing of its layers, but has its pictures' statistics among its tensors. */
export const hasStatistics = ({ network, metadata }: Pick<TensorFile, 'network' | 'metadata'>): boolean =>
  network?.layers.length === 0 && network.pictures !== undefined && !(specKey in metadata);

/** Says that statistics among the tensors are those of the model's pictures. */
export const pictureNotes = (file: TensorFile): string[] => {
  const before = 'that is done to pictures before they come to the model';
  const size = file.network?.pictures?.size;
  return [
    ...(hasStatistics(file)
      ? [`normalises pictures within its network, by mean and std among its tensors: ${before}`]
      : []),
    ...(size ? [`brings pictures to ${size[0]} x ${size[1]} within its network: ${before}`] : []),
  ];
};

const perChannel = (values: readonly number[], channels: number): readonly number[] | undefined => {
  const [one] = values;
  if (values.length === channels) return values;
  return values.length === 1 && one !== undefined ? Array.from({ length: channels }, () => one) : undefined;
};

/** The preprocessing of a file's network, as far as it says it; the preset's otherwise. */
export function statedPreprocessing(network: StatedNetwork, spec: ModelSpec): Preprocessing {
  const stated = preprocessingOf(network, spec);
  // Buffers among tensors round what the preset says.
  return network.layers.length === 0 && isSame(stated, spec.preprocessing) ? spec.preprocessing : stated;
}

function preprocessingOf(network: StatedNetwork, spec: ModelSpec): Preprocessing {
  const { preprocessing, input } = spec;
  const { pictures } = network;
  const channels = input[2];
  const bgr = seesBgr(network, spec);
  const mean = perChannel(pictures?.mean ?? (bgr ? caffeMean : []), channels);
  const stated = pictures?.scale;
  const scale = typeof stated === 'number' ? perChannel([stated], channels) : stated && perChannel(stated, channels);
  if (!bgr && (scale === undefined || !mean)) return preprocessing;
  if (bgr && preprocessing.channels === 'bgr' && !pictures?.mean && scale === undefined) return preprocessing;
  return {
    ...preprocessing,
    range: 255,
    mean: mean ?? preprocessing.mean,
    std: Array.from({ length: channels }, (_, at) => 1 / (scale?.[at] ?? 1)),
    channels: bgr ? 'bgr' : preprocessing.channels,
  };
}
