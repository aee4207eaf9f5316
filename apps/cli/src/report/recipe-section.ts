import { augmentationText } from '@zoo/spec';
import { counted } from '../rendering/quantities.ts';
import type { RunRecord } from '../run/run-record.ts';
import { element, escaped } from './markup.ts';
import { section } from './page.ts';
import { ratesText, scheduleText, shortOptimizer } from './recipe-text.ts';
import { refinementFacts } from './refinement-text.ts';

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** How a run was trained, in sentences. */
export function recipeSentences({ recipe, freeze = [], weights }: RunRecord['options']): string[] {
  const { epochs, batchSize, optimizer, schedule, augment, source } = recipe;
  return [
    `${counted(epochs, 'epoch')} in batches of ${counted(batchSize, 'picture')}, with ${shortOptimizer(optimizer)}: ${ratesText(optimizer)}`,
    scheduleText(schedule),
    augment.length === 0 ? 'training pictures are not augmented' : `training pictures are ${augmentationText(augment)}`,
    ...refinementFacts(recipe).map(({ title, text }) => `${title}: ${text}`),
    ...(weights === undefined ? [] : [`it began with the weights of ${weights}`]),
    ...(freeze.length === 0 ? [] : [`${freeze.join(', ')} stayed as they were`]),
    `the recipe is from: ${source}`,
  ].map(sentence);
}

export const recipeSection = ({ options }: RunRecord): string =>
  section(
    'The recipe',
    'What was asked for, in words; every number is in the tables at the end.',
    element('ul', { class: 'recipe' }, ...recipeSentences(options).map((text) => element('li', {}, escaped(text)))),
  );
