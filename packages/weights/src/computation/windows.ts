import type { Sizes, StatedPadding } from '@zoo/tensor-files';

/** How a convolution or pool goes over one side of its maps. */
export interface Window {
  size: number;
  stride: number;
  /** Zeros in front of the first window. */
  before: number;
  /** How many windows there are. */
  count: number;
}

/** Windows that start beyond the maps and what is in front of them are left out, as Caffe does it. */
const roundedUp = (side: number, before: number, span: number, stride: number): number => {
  const count = Math.ceil(span / stride) + 1;
  return (count - 1) * stride >= side + before ? count - 1 : count;
};

/** The windows that a file states, over a side of the preset's maps. */
export function statedWindow(
  axis: 0 | 1,
  side: number,
  size: number,
  stated: { stride: Sizes; padding: StatedPadding; dilation?: Sizes; ceil?: boolean },
): Window {
  const stride = stated.stride[axis];
  const reach = (size - 1) * (stated.dilation?.[axis] ?? 1) + 1;
  const { padding } = stated;
  if (padding === 'same' || padding === 'same-lower') {
    const count = Math.ceil(side / stride);
    const half = Math.max(0, (count - 1) * stride + reach - side) / 2;
    return { size: reach, stride, before: padding === 'same' ? Math.floor(half) : Math.ceil(half), count };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : [padding.before[axis], padding.after[axis]];
  const span = side + before + after - reach;
  const count = stated.ceil ? roundedUp(side, before, span, stride) : Math.floor(span / stride) + 1;
  return { size: reach, stride, before, count };
}

/** In words: `11 wide, stride 4, 2 zeros before, 55 places`. */
export const windowText = ({ size, stride, before, count }: Window): string =>
  `${size} wide, stride ${stride}, ${before} ${before === 1 ? 'zero' : 'zeros'} before, ${count} places`;

export const sameWindow = (a: Window, b: Window): boolean =>
  a.size === b.size && a.before === b.before && a.count === b.count && (a.stride === b.stride || a.count === 1);
