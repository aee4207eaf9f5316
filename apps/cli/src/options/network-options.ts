import { isZooError, ZooError } from '@zoo/core';
import { configure, inferShapes, type ModelSpec, type SpecOptions } from '@zoo/spec';
import type { Command } from 'commander';
import { optionGroup } from './help.ts';
import { lrnOption } from './lrn-option.ts';
import { numberFromZero, positiveNumber, size } from './numbers.ts';

/** What may be changed about a preset, under the names that commander gives. */
export type NetworkOptions = Pick<
  SpecOptions,
  'classes' | 'inChannels' | 'inputSize' | 'width' | 'groups' | 'dropout' | 'lrn'
>;

export const networkFlags: Readonly<Record<keyof NetworkOptions, string>> = {
  classes: '--classes',
  inChannels: '--in-channels',
  inputSize: '--input-size',
  width: '--width',
  groups: '--groups',
  dropout: '--dropout',
  lrn: '--lrn',
};

/** Adds the options that change a preset. */
export const addNetworkOptions = (command: Command, classesDefault: string): Command =>
  optionGroup(command, 'Changes to the network:', (group) =>
    group
      .option('--classes <n>', `number of classes (default: ${classesDefault})`, size)
      .option('--in-channels <n>', "channels of a picture: 3 for colour, 1 for grey (default: the preset's)", size)
      .option('--input-size <pixels>', "height and width of the input (default: the preset's)", size)
      .option('--width <factor>', 'scales every hidden width: 0.1 gives a tenth (default: 1)', positiveNumber)
      .option(
        '--groups <n>',
        "groups of the convolutions that have some: 1 joins the towers (default: the preset's)",
        size,
      )
      .option('--dropout <rate>', "rate of every dropout, 0 for none (default: the preset's)", numberFromZero(1))
      .option(
        '--lrn <numbers>',
        "SIZE,ALPHA,BETA,K of every local response normalisation, such as 5,1e-4,0.75,2, or none (default: the preset's)",
        lrnOption,
      ),
  );

/** Only these of a command's options. */
export const networkOptionsOf = ({
  classes,
  inChannels,
  inputSize,
  width,
  groups,
  dropout,
  lrn,
}: NetworkOptions): NetworkOptions => ({
  ...(classes !== undefined && { classes }),
  ...(inChannels !== undefined && { inChannels }),
  ...(inputSize !== undefined && { inputSize }),
  ...(width !== undefined && { width }),
  ...(groups !== undefined && { groups }),
  ...(dropout !== undefined && { dropout }),
  ...(lrn !== undefined && { lrn }),
});

/** A message of `configure`, in the words of the command line: `--groups: alexnet/torchvision has no ...`. */
const inFlags = (message: string): string =>
  Object.entries(networkFlags).reduce(
    (text, [name, flag]) =>
      text
        .replace(new RegExp(`^${name}(?=[:.])`), flag)
        .replace(new RegExp(`(?<=(?:Leave|smaller|,) )${name}\\b`, 'g'), flag),
    message,
  );

/**
 * A preset with what the options change.
 *
 * @throws ZooError as `configure`, in the words of the options.
 */
export function configured(spec: ModelSpec, options: NetworkOptions): ModelSpec {
  try {
    const changed = configure(spec, networkOptionsOf(options));
    // Whether the layers fit is asked here, where it is known who chose the size.
    if (options.inputSize !== undefined) inferShapes(changed);
    return changed;
  } catch (error) {
    if (isZooError(error) && error.code === 'spec' && options.inputSize !== undefined)
      throw new ZooError(
        'spec',
        error.message.replace(
          'use a larger one, or change the layer.',
          `use a larger ${networkFlags.inputSize} than ${options.inputSize}.`,
        ),
        { cause: error },
      );
    if (isZooError(error) && error.code === 'usage')
      throw new ZooError('usage', inFlags(error.message), { cause: error });
    throw error;
  }
}
