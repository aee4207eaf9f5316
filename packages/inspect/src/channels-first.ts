import type { Shape } from '@zoo/spec';

/** `[height, width, channels]` as PyTorch orders it: `[channels, height, width]`. */
export const channelsFirst = (shape: Shape): number[] =>
  shape.length === 3 ? [shape[2], shape[0], shape[1]] : [...shape];
