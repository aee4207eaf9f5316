import { ZooError } from '@zoo/core';
import type { Command } from 'commander';
import { presetNamed } from '../families.ts';
import type { OpenWeightsOptions } from '../run/open-weights.ts';
import { addNetworkOptions, configured, type NetworkOptions, networkOptionsOf } from './network-options.ts';

/** What the command line says about weights that do not say it themselves. */
export interface WeightsOptions extends NetworkOptions {
  model?: string;
}

/** Adds the options that say what network weights are for. */
export const addWeightsOptions = (command: Command): Command =>
  addNetworkOptions(
    command.option('--model <preset>', 'the network that the weights are for, where they do not say it themselves'),
    "the preset's",
  );

/**
 * The network that the options name, for `openWeights`; none where they name none.
 *
 * @throws ZooError `usage` for changes to a network that is not named, `unknown-name` for no preset.
 */
export function namedNetwork(given: string, options: WeightsOptions): Pick<OpenWeightsOptions, 'spec'> {
  const network = networkOptionsOf(options);
  if (options.model !== undefined) return { spec: configured(presetNamed(options.model), network) };
  if (Object.keys(network).length > 0)
    throw new ZooError(
      'usage',
      `${given}: brings its own network. Pass --model too, to have it read as a preset with these changes.`,
    );
  return {};
}
