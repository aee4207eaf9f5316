import { type FoundRecipe, recipeNamed } from '@zoo/spec';
import type { Command } from 'commander';
import { allRecipes, families, presetName } from '../families.ts';
import { examples } from '../options/help.ts';
import { facts } from '../rendering/facts.ts';
import { thousands } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { recipeFacts } from '../report/recipe-text.ts';
import type { Terminal } from '../terminal.ts';

function showTable(recipes: readonly FoundRecipe[], { print, colours, columns }: Terminal): void {
  print(
    table(
      [
        { title: 'Recipe', align: 'left' },
        { title: 'Made for', align: 'left' },
        { title: 'Epochs', align: 'right' },
        { title: 'What it is', align: 'left', wrap: true },
      ],
      recipes.map((found) => [found.name, presetName(found.spec), thousands(found.recipe.epochs), found.title]),
      { colours, width: columns },
    ),
  );
}

function showRecipe(found: FoundRecipe, terminal: Terminal): void {
  const { print, colours, columns } = terminal;
  print(colours.bold(found.name));
  for (const line of wrapped(`${found.title}.`, columns)) print(line);
  print('');
  const seed: [string, string][] =
    found.seed === undefined ? [] : [['seed', `${found.seed}, with which it is known to learn`]];
  print(facts([['preset', presetName(found.spec)], ...recipeFacts(found.recipe), ...seed], terminal));
}

function showJson(recipes: readonly FoundRecipe[], { print }: Terminal): void {
  for (const found of recipes)
    print(
      JSON.stringify({
        recipe: found.name,
        preset: presetName(found.spec),
        title: found.title,
        ...found.recipe,
        seed: found.seed,
      }),
    );
}

function showRecipes(name: string | undefined, json: boolean, terminal: Terminal): void {
  const one = name === undefined ? undefined : recipeNamed(name, families);
  if (json) showJson(one ? [one] : allRecipes, terminal);
  else if (one) showRecipe(one, terminal);
  else showTable(allRecipes, terminal);
}

export function addRecipes(program: Command, terminal: Terminal): void {
  program
    .command('recipes')
    .summary('list the ways to train')
    .description(
      'Lists the recipes that zoo train --recipe takes: optimiser, learning rate, schedule, epochs, batch size and ' +
        'augmentation, as they were published or found here. Every part can be changed by an option of zoo train.',
    )
    .argument('[recipe]', 'show this one whole (default: list all)')
    .option(
      '--json',
      'one JSON object per line: recipe, preset, title, source, epochs, batchSize, optimizer, schedule, augment, and seed where one is known to learn',
    )
    .action((name: string | undefined, { json }: { json?: true }) => showRecipes(name, json === true, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo recipes', 'as a table'],
        ['zoo recipes cifar10-full', 'one of them, whole'],
        ['zoo train --recipe cifar10-full --data cifar10', 'train with it, and the network that it is for'],
        [
          'zoo train alexnet/cifar10-quick --recipe cifar10-full --epochs 20 --data cifar10',
          'with another network, and shorter',
        ],
      ),
    );
}
