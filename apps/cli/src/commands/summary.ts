import { mermaid, summary, summaryRecord, torchRepr } from '@zoo/inspect';
import { configure, type ModelSpec } from '@zoo/spec';
import { type Command, Option } from 'commander';
import { presetNamed } from '../families.ts';
import { examples, presetNames } from '../options/help.ts';
import { addNetworkOptions, type NetworkOptions, networkOptionsOf } from '../options/network-options.ts';
import type { Terminal } from '../terminal.ts';

const styles = {
  torchinfo: (spec: ModelSpec) => summary(spec),
  torch: torchRepr,
  mermaid,
  json: (spec: ModelSpec) => JSON.stringify(summaryRecord(spec)),
} as const;

interface SummaryOptions extends NetworkOptions {
  style: keyof typeof styles;
}

export function addSummary(program: Command, terminal: Terminal): void {
  const command = program
    .command('summary')
    .summary("show a network's layers, shapes and counts")
    .description("Shows a network's layers with the shape and the number of parameters of each.")
    .argument('<preset>', 'a name of zoo presets')
    .addOption(
      new Option(
        '--style <style>',
        'torchinfo: a table; torch: as PyTorch prints it; mermaid: a diagram; json: for programs',
      )
        .choices(Object.keys(styles))
        .default('torchinfo'),
    );
  addNetworkOptions(command, "the preset's")
    .action((preset: string, options: SummaryOptions) =>
      terminal.print(styles[options.style](configure(presetNamed(preset), networkOptionsOf(options)))),
    )
    .addHelpText('after', presetNames(terminal.columns))
    .addHelpText(
      'after',
      examples(
        ['zoo summary alexnet/paper', 'the table'],
        ['zoo summary alexnet/torchvision --classes 10 --style torch', 'as PyTorch prints it, with another last layer'],
        ['zoo summary alexnet/cifar10-quick --style mermaid', 'a diagram for a Markdown page'],
        ['zoo summary lenet/lenet-5', 'the network of 1998'],
      ),
    );
}
