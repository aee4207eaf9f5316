import type { Command } from 'commander';
import { computeHeading } from './backend-options.ts';
import { optionGroup } from './help.ts';
import { wholeNumber } from './numbers.ts';

/** More threads than this only take memory from each other. */
const maxWorkers = 64;

/** Adds the number of threads that decode pictures, beside those that compute. */
export const addWorkersOption = (command: Command): Command =>
  optionGroup(command, computeHeading, (group) =>
    group.option(
      '--workers <n>',
      'threads that decode and transform pictures meanwhile, 0 for none; the result is the same (default: as many as cores, 8 at most, for a folder of 256 pictures or more)',
      wholeNumber(0, maxWorkers),
    ),
  );
