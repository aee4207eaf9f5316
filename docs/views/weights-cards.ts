import { cifar10Weights } from '@zoo/cifar10-weights';
import { accuracySpread, type WeightsCard } from '@zoo/spec';
import { percentOf } from './accuracy.ts';
import { escaped, htmlTable } from './html.ts';

/** What each seed of the recipe reached: `seed 0 75.91 %, seed 1 76.62 %; 76.27 % on average`. */
export function seedsOf({ runs, seed }: Pick<WeightsCard, 'runs' | 'seed'>): string {
  if (runs.length === 1) return `seed ${seed} alone: how far others differ is not known`;
  const each = runs.map((run) => `seed ${run.seed} ${percentOf(run.top1, 2)}`).join(', ');
  return `${each}; ${percentOf(accuracySpread(runs).mean, 2)} on average`;
}

function rowsOf(card: WeightsCard): [string, string][] {
  return [
    ['Network', `<code>${escaped(card.preset)}</code>`],
    ['Top-1', percentOf(card.accuracy.top1, 2)],
    ['Top-5', percentOf(card.accuracy.top5, 2)],
    ['Loss', card.accuracy.loss.toFixed(4)],
    ['Seeds', seedsOf(card)],
    [
      'Data',
      `${escaped(card.data.name)}: ${card.data.training.toLocaleString('en-US')} training pictures, ${card.data.test.toLocaleString('en-US')} test pictures`,
    ],
    ['Recipe', `<code>${escaped(card.recipe.name)}</code>, ${card.epochs} epochs, seed ${card.seed}`],
    ['Time', `${Math.round(card.seconds / 60)} minutes; ${escaped(card.machine)}`],
    ['Made by', `<code>${escaped(card.command)}</code>`],
    ['File', `${card.file.bytes.toLocaleString('en-US')} bytes, SHA-256 <code>${card.file.sha256}</code>`],
    ['Licence', escaped(card.licence)],
  ];
}

/** The card of each network that comes with the zoo. */
export const weightsCards = (): string =>
  Object.values(cifar10Weights)
    .map(
      ({ card }) =>
        `<h3 id="${card.name}">${escaped(card.name)}</h3>\n${htmlTable([{ title: 'Card' }, { title: escaped(card.title) }], rowsOf(card), { name: 'card' })}`,
    )
    .join('\n');
