import { useBackend } from '@zoo/backends';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Command } from 'commander';
import { examples } from '../options/help.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { endsIn } from '../output/write-features.ts';
import { filterGrid } from '../pictures/filter-grid.ts';
import { pngOf } from '../pictures/png.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { filterLayer, filtersOf } from '../run/first-filters.ts';
import { type CheckedWeights, withCheckedWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import { requireWeightsFirst } from '../run/require-weights-first.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo filters` understands, under the names that commander gives. */
interface FiltersOptions extends WeightsOptions {
  out: string;
  json?: true;
}

/** `zoo filters RUN|WEIGHTS -o FILE.png` */
async function runFilters(given: string, options: FiltersOptions, terminal: Terminal): Promise<void> {
  requireWeightsFirst('filters', given);
  const network = namedNetwork(options);
  requireWeights(given);
  if (!endsIn(options.out, '.png'))
    throw new ZooError('usage', `--out: ${options.out} does not end in .png. Add that extension.`);
  await requireWritableFile(options.out, '--out');
  const asked = { ...network, onProgress: showLongWork(terminal), onNotice: terminal.note };
  await withCheckedWeights(given, asked, (checked) => drawFilters(checked, options, terminal));
}

async function drawFilters(
  { spec, name, load }: CheckedWeights,
  { out, json }: FiltersOptions,
  terminal: Terminal,
): Promise<void> {
  const first = filterLayer(spec);
  if (!first)
    throw new ZooError('usage', `${name}: has no convolution, expected filters to draw. Name another network.`);
  // One tensor is read, and nothing computed: no other backend would be faster.
  await useBackend('cpu');
  const { model } = await load();
  const drawn = await filtersOf(model, first);
  const [height, width, channels, filters] = drawn.shape;
  const { title } = first;
  const grid = filterGrid(drawn, title);
  await writeFileAtomically(out, await pngOf(grid));
  terminal.endLive();
  if (json) terminal.print(JSON.stringify({ layer: first.path, filters, height, width, channels, out }));
  else {
    terminal.print(
      `${terminal.colours.bold(title)} of ${name}: ${filters} filters of ${height} × ${width} × ${channels}`,
    );
    terminal.print(`Written  ${out}`);
  }
}

export function addFilters(program: Command, terminal: Terminal): void {
  const command = program
    .command('filters')
    .summary('draw the filters of the first layer')
    .description(
      'Draws the filters of the first convolution side by side: in colour, if the network sees colours. A weight of 0 is grey. ' +
        'The filters of a well trained network are edges and spots of colour; those of a poorly trained one look like noise.',
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .requiredOption('-o, --out <file>', 'the drawing, a PNG');
  addWeightsOptions(command);
  command
    .option('--json', 'one JSON object: layer, filters, height, width, channels, out')
    .action((given: string, options: FiltersOptions) => runFilters(given, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo filters runs/first -o filters.png', 'the filters that your network has learned'],
        ['zoo filters torchvision -o filters.png', "torchvision's AlexNet, fetched on first use (244 MB)"],
      ),
    );
}
