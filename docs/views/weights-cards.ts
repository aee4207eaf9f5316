import { cifar10Weights } from '@zoo/cifar10-weights';
import { accuracySpread, type WeightsCard } from '@zoo/spec';
import { percentOf } from './accuracy.ts';
import { escaped, htmlTable } from './html.ts';

function rowsOf(card: WeightsCard): [string, string][] {
  const { least, most, mean } = accuracySpread(card.runs);
  const seeds = card.runs.map(({ seed, top1 }) => `${seed}: ${percentOf(top1, 2)}`).join(', ');
  const spread = card.runs.length > 1 ? `; ${percentOf(mean, 2)} on average, ${percentOf(most - least, 2)} apart` : '';
  return [
    ['Network', `<code>${escaped(card.preset)}</code>`],
    [
      'Top-1, top-5, loss',
      `${percentOf(card.accuracy.top1, 2)}, ${percentOf(card.accuracy.top5, 2)}, ${card.accuracy.loss.toFixed(4)}`,
    ],
    ['Top-1 by seed', seeds + spread],
    [
      'Data',
      `${escaped(card.data.name)}: ${card.data.training.toLocaleString('en-US')} training pictures, ${card.data.test.toLocaleString('en-US')} test pictures, by their SHA-256`,
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
        `<h3 id="${card.name}">${escaped(card.name)}</h3>\n${htmlTable([{ title: 'Card' }, { title: escaped(card.title) }], rowsOf(card))}`,
    )
    .join('\n');
