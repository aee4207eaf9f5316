import { mermaid, summary, summaryRecord, torchRepr } from '@zoo/inspect';
import type { ModelSpec } from '@zoo/spec';
import { type Command, Option } from 'commander';
import { presetName } from '../families.ts';
import { examples, presetNames } from '../options/help.ts';
import { addWeightsOptions, type WeightsOptions } from '../options/weights-options.ts';
import { layerTable } from '../rendering/layer-table.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { counted } from '../rendering/quantities.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { recipeSentence } from '../report/recipe-text.ts';
import { epochsText } from '../run/epochs-done.ts';
import { type NamedSpec, specNamed } from '../run/named-spec.ts';
import { stateOf } from '../run/run-state.ts';
import type { Terminal } from '../terminal.ts';

const plainStyles = {
  torchinfo: (spec: ModelSpec) => summary(spec),
  torch: torchRepr,
  mermaid,
  json: (spec: ModelSpec) => JSON.stringify({ ...summaryRecord(spec), recipe: spec.recipe }),
} as const;

interface SummaryOptions extends WeightsOptions {
  style: 'table' | keyof typeof plainStyles;
}

/** More would fill the terminal. */
const fewClasses = 20;

/** Input and output of a network, above the table of its layers. */
function page({ spec, labels, record }: NamedSpec, terminal: Terminal): string {
  const [height, width, channels] = spec.input;
  const names = labels.length > 0 && labels.length <= fewClasses ? `: ${labels.join(', ')}` : '';
  const trained = record && `Trained on ${record.data.name}, ${epochsText(record)}; ${stateOf(record)}.`;
  const about = [
    `${spec.title}.`,
    `Input ${height} × ${width} × ${channels} (height, width, channels), ${counted(spec.classes, 'class', 'classes')}${names}.`,
    ...(trained === undefined ? [] : [trained]),
    recipeSentence(record?.options.recipe ?? spec.recipe),
  ];
  return [
    terminal.colours.bold(presetName(spec)),
    ...about.flatMap((text) => wrapped(text, terminal.columns)),
    '',
    layerTable(spec, terminal),
  ].join('\n');
}

/** `zoo summary PRESET|RUN|WEIGHTS` */
async function runSummary(given: string, { style, ...options }: SummaryOptions, terminal: Terminal): Promise<void> {
  const named = await specNamed(given, options, showLongWork(terminal));
  terminal.endLive();
  for (const line of [named.note, ...(named.fileNotes ?? [])]) if (line !== undefined) terminal.note(line);
  terminal.print(style === 'table' ? page(named, terminal) : plainStyles[style](named.spec));
}

export function addSummary(program: Command, terminal: Terminal): void {
  const command = program
    .command('summary')
    .summary("show a network's layers, shapes and counts")
    .description(
      "Shows a network's layers with the shape and the number of parameters of each, and the names that --layer and --freeze take.",
    )
    .argument(
      '<preset|run|weights>',
      'a name of zoo presets, a folder that zoo train made, weights, or published ones by name',
    )
    .addOption(
      new Option(
        '--style <style>',
        'table: with all names; torchinfo: as torchinfo prints it; torch: as PyTorch does; mermaid: a diagram; json: for programs',
      )
        .choices(['table', ...Object.keys(plainStyles)])
        .default('table'),
    );
  addWeightsOptions(command)
    .action((given: string, options: SummaryOptions) => runSummary(given, options, terminal))
    .addHelpText('after', presetNames(terminal.columns))
    .addHelpText(
      'after',
      examples(
        ['zoo summary alexnet/paper', 'the table'],
        ['zoo summary runs/first', 'a trained run'],
        ['zoo summary theirs.pth --model alexnet/torchvision --classes 10', 'weights from elsewhere'],
        ['zoo summary alexnet/torchvision --classes 10 --style torch', 'as PyTorch prints it, with another last layer'],
        ['zoo summary alexnet/cifar10-quick --style mermaid', 'a diagram for a Markdown page'],
      ),
    );
}
