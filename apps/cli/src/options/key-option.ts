import { Option } from 'commander';

/** `--key`: the same of every command that opens weights. */
export const keyOption = (): Option =>
  new Option(
    '--key <name>',
    'which of several networks in a file, by where it lies: state_dict_ema (default: the one under a usual key)',
  );
