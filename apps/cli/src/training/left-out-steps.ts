import { ZooError } from '@zoo/core';
import { type Augmentation, augmentationChannels, augmentationText, fitsChannels, type ModelSpec } from '@zoo/spec';
import { presetName } from '../families.ts';
import { augmentName } from '../options/augment-option.ts';
import { networkFlags } from '../options/network-options.ts';
import { counted } from '../rendering/quantities.ts';

/**
 * A line about the steps of an augmentation that pictures of a network's channels cannot have, and that `configure` has left out: grey
 * ones have no colours to shift. Undefined for none.
 *
 * @param augment The augmentation as the recipe has it, or the user.
 * @throws ZooError `usage` for one that the user asked for.
 */
export function leftOutNotice(
  augment: readonly Augmentation[],
  spec: ModelSpec,
  { isAsked }: { isAsked: boolean },
): string | undefined {
  const [, , channels] = spec.input;
  const leftOut = augment.filter((step) => !fitsChannels(step, channels));
  const [first] = leftOut;
  if (!first) return undefined;
  const taken = `${presetName(spec)} takes ${counted(channels, 'channel')} here`;
  if (!isAsked) return `${taken}, so its training is without ${augmentationText(leftOut)}.`;
  const fitting = augmentationChannels[first.kind] ?? [];
  throw new ZooError(
    'usage',
    `--augment: ${augmentName(first.kind)} is for pictures of ${fitting.join(' or ')} channels, and ${taken}. Leave it out, or pass ${networkFlags.inChannels} ${fitting.at(-1)}.`,
  );
}
