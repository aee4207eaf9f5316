import type { SpecOptions } from '@zoo/spec';
import type { Command } from 'commander';
import { positiveNumber, size } from './numbers.ts';

/** What may be changed about a preset, under the names that commander gives. */
export type NetworkOptions = Pick<SpecOptions, 'classes' | 'inChannels' | 'inputSize' | 'width'>;

export const networkFlags: Readonly<Record<keyof NetworkOptions, string>> = {
  classes: '--classes',
  inChannels: '--in-channels',
  inputSize: '--input-size',
  width: '--width',
};

/** Adds the options that change a preset. */
export const addNetworkOptions = (command: Command, classesDefault: string): Command =>
  command
    .option('--classes <n>', `number of classes (default: ${classesDefault})`, size)
    .option('--in-channels <n>', "channels of a picture: 3 for colour, 1 for grey (default: the preset's)", size)
    .option('--input-size <pixels>', "height and width of the input (default: the preset's)", size)
    .option('--width <factor>', 'scales every hidden width: 0.1 gives a tenth (default: 1)', positiveNumber);

/** Only these of a command's options. */
export const networkOptionsOf = ({ classes, inChannels, inputSize, width }: NetworkOptions): NetworkOptions => ({
  ...(classes !== undefined && { classes }),
  ...(inChannels !== undefined && { inChannels }),
  ...(inputSize !== undefined && { inputSize }),
  ...(width !== undefined && { width }),
});
