import type { Augmentation, RandomErasing } from './augmentation.ts';
import type { ModelSpec } from './model-spec.ts';

/** What decides the size that pictures have when a step is made. */
type Sizes = Pick<ModelSpec, 'input' | 'preprocessing'>;

/**
 * The largest padding of a `randomCrop` with which every crop shows something of its picture: one less than the shorter side of the
 * network's input, without the frame that its preprocessing adds.
 *
 * A crop of height H begins up to `padding` above the picture's first row, so it ends `H - padding` rows into the picture, of which the
 * frame is black too. At 0 rows it holds black pixels alone, whatever the picture is scaled to. Less than that is a matter of taste: the
 * usual padding is an eighth of the side, and at the limit a crop may show no more than a corner.
 */
export const maxCropPadding = ({ input: [height, width], preprocessing: { padding: frame = 0 } }: Sizes): number =>
  Math.max(0, Math.min(height, width) - frame - 1);

/**
 * Whether a `randomErasing` can draw a rectangle that it erases: one with a pixel, and smaller than the picture on both sides. The
 * smallest area of at least a pixel is the easiest to place. Where rounding decides, the answer is yes.
 */
function erasesSomething(
  { scale: [least, most], ratio: [lowest, highest] }: RandomErasing,
  height: number,
  width: number,
): boolean {
  // Sides are rounded: from half a pixel on there is one, and half a pixel less than the picture's side is all of it.
  const area = Math.max(least * height * width, 1 / 4);
  if (area > most * height * width) return false;
  // Its height is the root of area times ratio, its width that of area divided by ratio.
  return Math.max(lowest, area / (width - 1 / 2) ** 2) <= Math.min(highest, (height - 1 / 2) ** 2 / area);
}

const ofSize = ({ input: [height, width] }: Sizes): string => `the network's pictures of ${height}x${width}`;

/**
 * Why a step of an augmentation leaves nothing of pictures of a network's size, or does nothing to them, in words that go on after its
 * name, and what to do; undefined where it fits. What `randomResizedCrop` cuts from has a size of its own, which its transform checks.
 */
export function augmentationSizeProblem(step: Augmentation, sizes: Sizes): string | undefined {
  if (step.kind === 'randomCrop') {
    const most = maxCropPadding(sizes);
    if (step.padding <= most) return undefined;
    return `has a padding of ${step.padding}, expected at most ${most} for ${ofSize(sizes)}: with more, a crop may lie in the black padding alone. Choose a smaller padding.`;
  }
  if (step.kind === 'randomResizedCrop' && step.scale[1] === 0)
    return 'has a scale of 0 to 0, expected an upper one above 0: nothing of a picture would be left. Choose a larger scale.';
  if (step.kind === 'randomErasing') {
    const [height, width] = sizes.input;
    if (step.probability === 0 || erasesSomething(step, height, width)) return undefined;
    return `has a scale of ${step.scale.join(' to ')} and a ratio of ${step.ratio.join(' to ')}, of which no rectangle has a pixel and fits into ${ofSize(sizes)}: it would erase nothing. Choose a scale and a ratio that fit, or leave it out.`;
  }
  return undefined;
}
