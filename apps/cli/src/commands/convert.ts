import { existsSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { torchSource } from '@zoo/inspect';
import { buildModel, specOf } from '@zoo/layers';
import { type LoadReport, writableEndings } from '@zoo/weights';
import type { Command } from 'commander';
import { fileHash } from '../convert/file-hash.ts';
import { type ParityRow, parity, requireParity } from '../convert/parity.ts';
import { writeModel } from '../convert/write-model.ts';
import { namesPreset, presetName, presetNamed } from '../families.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples } from '../options/help.ts';
import { configured } from '../options/network-options.ts';
import { wholeNumber } from '../options/numbers.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { facts } from '../rendering/facts.ts';
import { listed } from '../rendering/listed.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { mappingRows } from '../rendering/mapping-rows.ts';
import { bytes, counted } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import { writtenFiles } from '../rendering/written-files.ts';
import { type OpenedWeights, type OpenWeightsOptions, withCheckedWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo convert` understands, under the names that commander gives. */
export interface ConvertOptions extends WeightsOptions, BackendOptions {
  newHead?: true;
  partial?: true;
  bgrToRgb?: true;
  check?: string;
  seed: number;
  table?: true;
  json?: true;
}

type Opened = Pick<OpenedWeights, 'model' | 'labels'> & Partial<OpenedWeights>;

const isPreset = (given: string): boolean => namesPreset(given) && !existsSync(given);

/** The meaning of IN: a preset, newly initialised, or anything that holds weights. */
async function open(given: string, options: ConvertOptions, terminal: Terminal): Promise<Opened> {
  if (isPreset(given)) {
    if (options.model !== undefined)
      throw new ZooError(
        'usage',
        `--model: ${given} is a preset already. Leave it out, or name a file of weights first.`,
      );
    await startBackend(options, terminal);
    return {
      model: buildModel(configured(presetNamed(given), options), { seed: options.seed }),
      labels: [],
    };
  }
  const asked: OpenWeightsOptions = {
    ...namedNetwork(options),
    ...(options.newHead && { head: 'new' }),
    ...(options.partial && { strict: false }),
    parts: { newHead: true, partial: true },
    // The table of the mapping says it to people.
    tellsGuess: options.json === true,
    ...(options.bgrToRgb && { bgrToRgb: true }),
    onProgress: showLongWork(terminal),
    onNotice: terminal.note,
  };
  return withCheckedWeights(given, asked, async ({ load }) => {
    await startBackend(options, terminal);
    return load();
  });
}

/** A report about the file, for people. */
function reportFacts(
  { loaded, unused, kept, missing, mismatched, rule, certainty }: LoadReport,
  { colours }: Terminal,
): [string, string][] {
  const how = certainty === 'names' ? `by names (${rule})` : colours.bold('guessed from order and shapes: check this');
  const partly = new Set([...missing, ...mismatched.map(({ name }) => name)]);
  const head = kept.filter((name) => !partly.has(name));
  const lists: [string, readonly string[]][] = [
    ['Missing', missing],
    ['New head', head],
    ['Unused', unused],
  ];
  return [
    ['Mapping', `${counted(loaded.length, 'tensor')}, ${how}`],
    ...mismatched.map(({ name, shape, expected }): [string, string] => [
      'Other shape',
      `${name}: [${shape.join(', ')}], the network has [${expected.join(', ')}]`,
    ]),
    ...lists.flatMap(([title, names]): [string, string][] => (names.length > 0 ? [[title, listed(names)]] : [])),
  ];
}

function showParity(rows: readonly ParityRow[], { print, colours, columns }: Terminal): void {
  print('');
  print(
    table(
      [
        { title: 'Layer', align: 'left' },
        { title: 'Largest error', align: 'right' },
        { title: 'Largest value', align: 'right' },
        { title: 'Relative', align: 'right' },
      ],
      rows.map(({ layer, error, largest, relative }) => [
        layer,
        ...[error, largest, relative].map((value) => value.toExponential(2)),
      ]),
      { colours, width: columns },
    ),
  );
}

/** `zoo convert IN OUT` */
async function runConversion(given: string, out: string, options: ConvertOptions, terminal: Terminal): Promise<void> {
  const endings = [...writableEndings(), '.py'];
  if (!endings.some((ending) => out.toLowerCase().endsWith(ending)))
    throw new ZooError(
      'usage',
      `${out}: its extension names no format that can be written. Use one of ${endings.join(', ')}.`,
    );
  if (!isPreset(given)) requireWeights(given);
  if (options.check !== undefined && !existsSync(options.check))
    throw new ZooError(
      'not-found',
      `--check: ${options.check}: no such file, expected reference values of the source framework.`,
    );
  await requireWritableFile(out);
  const opened = await open(given, options, terminal);
  const { model, labels, source, format, report } = opened;
  const spec = specOf(model);
  const hash = opened.hash ?? (source === undefined ? undefined : await fileHash(source));
  const rows = options.check === undefined ? undefined : await parity(model, options.check);
  const written = await writeModel(out, { model, labels, source: () => torchSource(spec) });
  terminal.endLive();
  if (options.json) {
    terminal.print(
      JSON.stringify({
        source: source ?? given,
        format: format ?? 'preset',
        ...hash,
        preset: presetName(spec),
        preprocessing: spec.preprocessing,
        ...(report && { mapping: report }),
        ...(rows && { parity: rows }),
        written,
      }),
    );
    if (rows) requireParity(rows, options.check, out);
    return;
  }
  const size = hash ? `, ${bytes(hash.bytes)}` : '';
  const { range, channels, mean, std, padding = 0 } = spec.preprocessing;
  const around = padding === 0 ? '' : `, ${padding} black pixels on each side`;
  terminal.print(
    facts(
      [
        ['From', `${source ?? given}${format === undefined ? ', freshly initialised' : `, ${format}${size}`}`],
        ...(hash ? [['SHA-256', hash.sha256] satisfies [string, string]] : []),
        ['Network', `${presetName(spec)}, ${counted(spec.classes, 'class', 'classes')}`],
        ['Pictures', `${channels}${around}, 0 to ${range}, less ${mean.join(' ')}, divided by ${std.join(' ')}`],
        ...(report ? reportFacts(report, terminal) : []),
      ],
      terminal,
    ),
  );
  // A guessed mapping is shown in full, so that the user can check it.
  if (report && (report.certainty === 'structure' || options.table))
    terminal.print(`\n${mappingRows(report.mapping, terminal)}\n`);
  if (rows) showParity(rows, terminal);
  terminal.print(
    facts(
      writtenFiles(written).map((text) => ['Written', text]),
      terminal,
    ),
  );
  if (rows) requireParity(rows, options.check, out);
}

export function addConvert(program: Command, terminal: Terminal): void {
  const command = program
    .command('convert')
    .summary('convert weights between formats')
    .description(
      'Reads weights of PyTorch, Caffe, Keras, NumPy, ONNX or TensorFlow.js, says which tensor became which, and writes them as the ' +
        "ending of the output names: .safetensors, .pth, .npz, .onnx (a graph that runs), .json (TensorFlow.js), .py (the network's source).",
    )
    .argument('<in>', 'a run, a file of weights, an address, published weights by name, or a preset of zoo presets')
    .argument('<out>', 'the file to write');
  addWeightsOptions(command)
    .option('--new-head', 'leave the last layer newly initialised, for another number of classes')
    .option('--partial', 'load what the file has; layers that are missing or have another shape stay newly initialised')
    .option(
      '--bgr-to-rgb',
      "reverse the channels of the first layer's filters, for Caffe's weights in a network of RGB pictures",
    )
    .option(
      '--check <file>',
      "reference values of the source framework: 'input', and outputs by layer ('features.0') or 'logits'; shows the largest errors, and fails beyond 0.01 of a layer's largest value",
    )
    .option('--table', 'show which tensor became which weight, even if the names make it clear')
    .option('--seed <n>', 'of a newly initialised network', wholeNumber(0), 0);
  addBackendOptions(command)
    .option('--json', 'one JSON object')
    .action((given: string, out: string, options: ConvertOptions) => runConversion(given, out, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo convert runs/first model.onnx', 'a graph that onnxruntime runs'],
        ['zoo convert bvlc.caffemodel alexnet.pth --model alexnet/caffenet', "Caffe's weights for PyTorch"],
        ['zoo convert alexnet/paper model.py', 'the network as PyTorch source'],
        [
          'zoo convert torchvision ten.safetensors --model alexnet/torchvision --classes 10 --new-head',
          'features to train on with a new head',
        ],
      ),
    );
}
