import { summaryRecord } from '@zoo/inspect';
import { buildModel } from '@zoo/layers';
import { type Command, Option } from 'commander';
import { type Timings, timingsOf } from '../bench/timings.ts';
import { forward, trainingStep } from '../bench/workloads.ts';
import { presetNamed } from '../families.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples, presetNames } from '../options/help.ts';
import { addNetworkOptions, configured, type NetworkOptions } from '../options/network-options.ts';
import { positiveNumber, sizes } from '../options/numbers.ts';
import { progressLine } from '../rendering/progress-line.ts';
import { thousands } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo bench` understands, under the names that commander gives. */
interface BenchOptions extends BackendOptions, NetworkOptions {
  batchSizes: number[];
  seconds: number;
  json?: true;
}

/** The backward pass is two products of the size of the forward one: for the input and for the weights. */
const works = [
  { name: 'forward', start: forward, passes: 1 },
  { name: 'training step', start: trainingStep, passes: 3 },
] as const;

interface Row extends Timings {
  work: string;
  batch: number;
  imagesPerSecond: number;
  /** Billions of multiplications and additions a second, of the convolutions and dense layers. */
  gigaflops: number;
}

const json = (
  preset: string,
  backend: string,
  { work, batch, median, fastest: least, repeats, ...speed }: Row,
): string =>
  JSON.stringify({ preset, backend, work, batch, milliseconds: median, leastMilliseconds: least, repeats, ...speed });

/** Three digits: more are not reproducible. */
const digits = (value: number): string => (value >= 100 ? thousands(value) : value.toPrecision(3));

const cells = ({ work, batch, median, fastest: least, imagesPerSecond, gigaflops }: Row): string[] => [
  work,
  String(batch),
  ...[median, least, imagesPerSecond, gigaflops].map(digits),
];

/** `zoo bench` */
async function runBench(preset: string, options: BenchOptions, terminal: Terminal): Promise<void> {
  const spec = configured(presetNamed(preset), options);
  const { name: backend } = await startBackend(options, terminal);
  const model = buildModel(spec);
  const { multAdds } = summaryRecord(spec);
  const plan = works.flatMap((work) => options.batchSizes.map((batch) => ({ ...work, batch })));
  const rows: Row[] = [];
  for (const [index, { name, start, passes, batch }] of plan.entries()) {
    const facts = [`measure ${name}, batch ${batch}`, `${index} of ${plan.length} done`];
    terminal.live((line) => progressLine(index / plan.length, facts, line));
    const workload = start(model, batch);
    try {
      const timings = await timingsOf(workload.once, options.seconds);
      const imagesPerSecond = (1000 * batch) / timings.median;
      const gigaflops = (2 * passes * multAdds * imagesPerSecond) / 1e9;
      rows.push({ work: name, batch, ...timings, imagesPerSecond, gigaflops });
    } finally {
      await workload.end();
    }
    const last = rows.at(-1);
    if (options.json && last) terminal.print(json(preset, backend, last));
  }
  terminal.endLive();
  if (options.json) return;
  terminal.print(
    table(
      [
        { title: preset, align: 'left' },
        { title: 'Batch', align: 'right' },
        { title: 'ms', align: 'right' },
        { title: 'Min', align: 'right' },
        { title: 'Images/s', align: 'right' },
        { title: 'GFLOP/s', align: 'right' },
      ],
      rows.map(cells),
      { colours: terminal.colours, width: terminal.columns },
    ),
  );
}

export function addBench(program: Command, terminal: Terminal): void {
  const command = program
    .command('bench')
    .summary('measure how fast a network computes here')
    .description(
      'Times forward passes and training steps of a network on random input: the median and the minimum of several runs.\nClose other programs first: they slow it down.',
    )
    .argument('[preset]', 'a name of zoo presets', 'alexnet/torchvision')
    .addOption(
      new Option('--batch-sizes <list>', 'batch sizes, separated by commas')
        .argParser(sizes)
        .default([1, 8, 32], '1,8,32'),
    )
    .option('--seconds <n>', 'how long to repeat each measurement, at least three times', positiveNumber, 3);
  addNetworkOptions(command, "the preset's");
  addBackendOptions(command)
    .option('--json', 'one JSON object a row')
    .action((preset: string, options: BenchOptions) => runBench(preset, options, terminal))
    .addHelpText('after', presetNames(terminal.columns))
    .addHelpText(
      'after',
      examples(
        ['zoo bench', "torchvision's AlexNet on the fastest backend that works here"],
        ['zoo bench --backend node --threads 2', 'on another one'],
        ['zoo bench alexnet/cifar10-quick --batch-sizes 100', 'the small network, as it is trained'],
      ),
    );
}
