import { inferShapes, type ModelSpec } from '@zoo/spec';
import type { Command } from 'commander';
import { allPresets, presetName, presetNamed } from '../families.ts';
import { examples } from '../options/help.ts';
import { facts } from '../rendering/facts.ts';
import { rounded, thousands } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { recipeFacts } from '../report/recipe-text.ts';
import type { Terminal } from '../terminal.ts';

function showTable(specs: readonly ModelSpec[], { print, colours, columns }: Terminal): void {
  const rows = specs.map((spec) => {
    const { parameters, multAdds } = inferShapes(spec);
    return [
      presetName(spec),
      spec.input.join(' × '),
      thousands(spec.classes),
      thousands(parameters),
      rounded(multAdds),
      spec.title,
    ];
  });
  print(
    table(
      [
        { title: 'Preset', align: 'left' },
        { title: 'Input', align: 'right' },
        { title: 'Classes', align: 'right' },
        { title: 'Parameters', align: 'right' },
        { title: 'Mult-adds', align: 'right' },
        { title: 'What it is', align: 'left', wrap: true },
      ],
      rows,
      { colours, width: columns },
    ),
  );
}

/** One preset, with its default recipe. */
function showPreset(spec: ModelSpec, terminal: Terminal): void {
  const { print, colours, columns } = terminal;
  const { parameters, multAdds } = inferShapes(spec);
  print(colours.bold(presetName(spec)));
  for (const line of wrapped(`${spec.title}.`, columns)) print(line);
  print('');
  const [height, width, channels] = spec.input;
  const rows: [string, string][] = [
    ['input', `${height} × ${width} × ${channels} (height, width, channels)`],
    ['classes', thousands(spec.classes)],
    ['parameters', thousands(parameters)],
    ['mult-adds', `${thousands(multAdds)} per picture`],
    ...recipeFacts(spec.recipe),
  ];
  print(facts(rows, terminal));
}

function showJson(specs: readonly ModelSpec[], { print }: Terminal): void {
  for (const spec of specs) {
    const { parameters, multAdds } = inferShapes(spec);
    const { input, classes, recipe } = spec;
    print(JSON.stringify({ preset: presetName(spec), parameters, multAdds, input, classes, recipe }));
  }
}

function showPresets(name: string | undefined, json: boolean, terminal: Terminal): void {
  const one = name === undefined ? undefined : presetNamed(name);
  if (json) showJson(one ? [one] : allPresets, terminal);
  else if (one) showPreset(one, terminal);
  else showTable(allPresets, terminal);
}

export function addPresets(program: Command, terminal: Terminal): void {
  program
    .command('presets')
    .summary('list the networks')
    .description(
      'Lists the networks: input size, number of parameters, and multiply-adds per picture. For one network it also shows ' +
        'the recipe that zoo train uses: optimiser, learning rate, schedule, epochs, batch size and augmentation.',
    )
    .argument('[preset]', 'show this one, with its recipe (default: list all)')
    .option('--json', 'one JSON object per line: preset, parameters, multAdds, input, classes, recipe')
    .action((name: string | undefined, { json }: { json?: true }) => showPresets(name, json === true, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo presets', 'as a table'],
        ['zoo presets alexnet/paper', 'one of them, with its recipe'],
        ['zoo presets --json | jq .parameters', 'for programs'],
      ),
    );
}
