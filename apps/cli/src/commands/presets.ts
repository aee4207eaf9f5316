import { inferShapes } from '@zoo/spec';
import type { Command } from 'commander';
import { allPresets } from '../families.ts';
import { examples } from '../options/help.ts';
import { rounded, thousands } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import type { Terminal } from '../terminal.ts';

function showTable({ print, colours, columns }: Terminal): void {
  const rows = allPresets.map((spec) => {
    const { parameters, multAdds } = inferShapes(spec);
    const name = `${spec.family}/${spec.preset}`;
    return [
      name,
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
        { title: 'What it is', align: 'left' },
      ],
      rows,
      { colours, width: columns },
    ),
  );
}

function showJson({ print }: Terminal): void {
  for (const spec of allPresets) {
    const { parameters, multAdds } = inferShapes(spec);
    const { family, preset, input, classes } = spec;
    print(JSON.stringify({ preset: `${family}/${preset}`, parameters, multAdds, input, classes }));
  }
}

export function addPresets(program: Command, terminal: Terminal): void {
  program
    .command('presets')
    .summary('list the networks')
    .description('Lists the networks: what goes in, how many numbers they learn, and how much work one picture is.')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: true }) => (json ? showJson(terminal) : showTable(terminal)))
    .addHelpText(
      'after',
      examples(['zoo presets', 'as a table'], ['zoo presets --json | jq .parameters', 'for programs']),
    );
}
