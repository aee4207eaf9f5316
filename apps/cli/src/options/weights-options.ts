import { type Command, Option } from 'commander';
import { presetNamed } from '../families.ts';
import type { OpenWeightsOptions } from '../run/open-weights.ts';
import { keyOption } from './key-option.ts';
import { addNetworkOptions, configured, type NetworkOptions, networkOptionsOf } from './network-options.ts';

/** What the command line says about weights that do not say it themselves. */
export interface WeightsOptions extends NetworkOptions {
  model?: string;
  colours?: 'rgb' | 'bgr';
  key?: string;
  ignoreComputation?: true;
}

/** Adds the options that say what network weights are for. */
export const addWeightsOptions = (command: Command): Command =>
  addNetworkOptions(
    command
      .option(
        '--model <preset>',
        'the network of the weights (default: as the file says, else the only preset that fits)',
      )
      .addOption(
        new Option(
          '--colours <order>',
          "order of the colour channels (default: the file's, else the preset's)",
        ).choices(['rgb', 'bgr']),
      )
      .addOption(keyOption())
      .option(
        '--ignore-computation',
        'load the weights of a file even if it says that its layers compute something else than the network',
      ),
    "the file's, else the preset's",
  );

/**
 * The network that the options name, for `withCheckedWeights`; where they name none, what they say of the one that is found.
 *
 * @throws ZooError `unknown-name` for no preset, `usage` for changes that it does not take.
 */
export function namedNetwork(
  options: WeightsOptions,
): Pick<OpenWeightsOptions, 'network' | 'asked' | 'colours' | 'saysLrn' | 'computation' | 'key'> {
  const said = {
    ...(options.colours && { colours: options.colours }),
    ...(options.key !== undefined && { key: options.key }),
    ...(options.ignoreComputation && { computation: 'ignore' as const }),
  };
  const network = networkOptionsOf(options);
  if (options.model !== undefined) {
    const preset = presetNamed(options.model);
    // A mistake that shows before anything is opened.
    configured(preset, network);
    return { network: { preset, changes: network }, ...said, ...(options.lrn !== undefined && { saysLrn: true }) };
  }
  return { ...said, asked: network };
}
