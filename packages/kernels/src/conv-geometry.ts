import { ZooError } from '@zoo/core';

/** Options of `groupedConv2d`. */
export interface ConvOptions {
  /** Pixels between windows. Default: 1. */
  stride?: number;
  /** Zeros added on each of the four sides, in pixels. Default: 0. */
  padding?: number;
  /** Number of independent parts that the channels fall into. Default: 1. */
  groups?: number;
  /** Pixels between the taps of a filter. Default: 1. */
  dilation?: number;
}

const wholeNumbers = (options: Required<ConvOptions>): void => {
  for (const [name, value] of Object.entries(options)) {
    const least = name === 'padding' ? 0 : 1;
    if (!Number.isInteger(value) || value < least)
      throw new ZooError('spec', `groupedConv2d: ${name} must be a whole number of at least ${least}, got ${value}.`);
  }
};

/** Fills in the defaults, and refuses shapes that do not fit together. */
export function convGeometry(
  xShape: readonly number[],
  filterShape: readonly number[],
  options: ConvOptions,
): Required<ConvOptions> {
  const { stride = 1, padding = 0, groups = 1, dilation = 1 } = options;
  const [, height = 0, width = 0, channels = 0] = xShape;
  const [kernelHeight = 0, kernelWidth = 0, perGroup = 0, outChannels = 0] = filterShape;
  if (xShape.length !== 4)
    throw new ZooError(
      'spec',
      `groupedConv2d: the input must be [batch, height, width, channels], got [${xShape}]. Add the missing axes.`,
    );
  if (filterShape.length !== 4)
    throw new ZooError(
      'spec',
      `groupedConv2d: the filter must be [height, width, inChannels / groups, outChannels], got [${filterShape}]. Add the missing axes.`,
    );
  wholeNumbers({ stride, padding, groups, dilation });
  if (channels % groups !== 0 || outChannels % groups !== 0)
    throw new ZooError(
      'spec',
      `groupedConv2d: ${channels} input and ${outChannels} output channels do not both divide into ${groups} groups. Choose groups that divide both.`,
    );
  if (perGroup !== channels / groups)
    throw new ZooError(
      'spec',
      `groupedConv2d: the filter takes ${perGroup} channels, but ${channels} input channels in ${groups} groups give ${channels / groups}. Give a filter of [${kernelHeight}, ${kernelWidth}, ${channels / groups}, ${outChannels}].`,
    );
  const [reachHeight, reachWidth] = [(kernelHeight - 1) * dilation + 1, (kernelWidth - 1) * dilation + 1];
  if (height + 2 * padding < reachHeight || width + 2 * padding < reachWidth)
    throw new ZooError(
      'spec',
      `groupedConv2d: a filter reaching ${reachHeight}x${reachWidth} does not fit into ${height}x${width} with padding ${padding}. Use a larger image or more padding.`,
    );
  return { stride, padding, groups, dilation };
}
