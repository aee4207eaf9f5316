import type { Family } from '@zoo/spec';
import { knownWeights } from './known-weights.ts';
import { presets } from './presets.ts';
import { recipes } from './recipes.ts';

/** The AlexNets, for code that works with any family: a command line, a page of presets. */
export const alexnetFamily: Family = { name: 'alexnet', title: 'AlexNet', presets, knownWeights, recipes };
