import { ZooError } from '@zoo/core';
import { type Dataset, type TrainingAndTest, withChannels } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';
import { presetName } from '../families.ts';
import { networkFlags } from '../options/network-options.ts';
import { counted } from '../rendering/quantities.ts';

const isConvertible = (channels: number): boolean => channels === 1 || channels === 3;

const kind = (channels: number): string => (channels === 1 ? 'grey' : 'in colour');

/** What determines the number of channels of a network. */
export interface ChannelQuestion {
  /** For messages: the data set. */
  source: string;
  /** Channels of its pictures. */
  data: number;
  preset: ModelSpec;
  /** What the user asked for. */
  asked?: number | undefined;
  /** Channels that the weights take with which the training begins. */
  weights?: number | undefined;
}

/**
 * The channels of a network that is to learn from a data set: what the user asked for, else those of its first weights, else those of
 * the pictures. A line says where that is not what the preset has, or where pictures have to be converted.
 *
 * @throws ZooError `data` where pictures cannot have that many.
 */
export function chooseChannels({ source, data, preset, asked, weights }: ChannelQuestion): {
  channels: number;
  note?: string;
} {
  const channels = asked ?? weights ?? data;
  const name = presetName(preset);
  if (channels !== data) {
    if (!isConvertible(channels) || !isConvertible(data))
      throw new ZooError(
        'data',
        `${source}: its pictures have ${counted(data, 'channel')}, which cannot become ${channels}. Pass ${networkFlags.inChannels} ${data}.`,
      );
    return {
      channels,
      note: conversionNote(
        source,
        data,
        channels,
        asked === undefined ? 'the weights are' : `${networkFlags.inChannels} is`,
      ),
    };
  }
  if (asked !== undefined || channels === preset.input[2]) return { channels };
  const other = preset.input[2];
  const instead =
    other === 1
      ? ` ${networkFlags.inChannels} 1 makes the pictures grey instead.`
      : other === 3
        ? ` ${networkFlags.inChannels} 3 repeats each in three channels instead.`
        : '';
  return {
    channels,
    note: `${source}: its pictures are ${kind(data)}, so ${name} takes ${counted(channels, 'channel')} here, not ${other}.${instead}`,
  };
}

/** The notice about pictures that are converted to the network's channels. */
const conversionNote = (source: string, data: number, channels: number, why: string): string =>
  channels === 1
    ? `${source}: its pictures are in colour, and ${why} for grey ones: they are made grey.`
    : `${source}: its pictures are ${kind(data)}, and ${why} for colour: each is repeated in three channels.`;

/** Both parts of a data set with a network's channels. */
export const partsWithChannels = ({ training, test }: TrainingAndTest, channels: number): TrainingAndTest => ({
  training: withChannels(training, channels),
  test: withChannels(test, channels),
});

/** Test pictures with a network's channels, and a line where they had to be converted. */
export function testWithChannels(
  source: string,
  test: Dataset,
  { input }: ModelSpec,
): { test: Dataset; note?: string } {
  const [, , channels] = input;
  if (test.channels === channels) return { test };
  return {
    test: withChannels(test, channels),
    note: conversionNote(source, test.channels, channels, 'the network is'),
  };
}
