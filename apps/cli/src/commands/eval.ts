import { existsSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { isKnownWeights, knownWeightsOf } from '@zoo/spec';
import { evaluate, oneClassOnly, warningText } from '@zoo/trainers';
import type { Command } from 'commander';
import { commandName } from '../command-name.ts';
import { classifiedExample, maxPredictions } from '../data/classified-example.ts';
import { dataHelp, dataSource, recordedSource } from '../data/data-source.ts';
import { openTest } from '../data/open-test.ts';
import { requireClasses } from '../data/require-classes.ts';
import { families } from '../families.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples } from '../options/help.ts';
import { wholeNumber } from '../options/numbers.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { addWorkersOption } from '../options/workers-option.ts';
import { isPrinted, requireCsv, writeCsv } from '../output/csv-option.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { confusionsOf, mostConfused } from '../rendering/most-confused.ts';
import type { ClassifiedPicture } from '../rendering/prediction-chart.ts';
import { predictionsCsv } from '../rendering/predictions-csv.ts';
import { counted, percent } from '../rendering/quantities.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { shownGuesses } from '../report/classified-example.ts';
import { evaluationPage } from '../report/evaluation-page.ts';
import { type CheckedWeights, withCheckedWeights } from '../run/open-weights.ts';
import { addLabelsOption, type GivenLabels, givenLabels, labelsFor } from '../run/read-labels.ts';
import { requireWeights } from '../run/require-weights.ts';
import { requireWeightsFirst } from '../run/require-weights-first.ts';
import { runNamed } from '../run/run-named.ts';
import { commandLine, typedWords } from '../run/typed-command.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo eval` understands, under the names that commander gives. */
export interface EvalOptions extends WeightsOptions, BackendOptions {
  data?: string;
  skipDamaged?: true;
  withNew?: true;
  tenCrop?: true;
  limit?: number;
  labels?: string;
  report?: string;
  csv?: string;
  workers?: number;
  json?: true;
}

/** `zoo eval RUN|WEIGHTS --data ...` */
async function runEvaluation(given: string, options: EvalOptions, terminal: Terminal): Promise<void> {
  requireWeightsFirst('eval', given, []);
  const { data, csv, labels, report } = options;
  const source = data === undefined ? undefined : dataSource(data);
  const network = namedNetwork(options);
  requireWeights(given);
  if (!source && !runNamed(given)) throw missingData();
  await requireCsv(csv, options.json === true);
  if (report !== undefined) await requireWritableFile(report, '--report');
  const named = await givenLabels(labels, terminal.note);
  if (source && !existsSync(given) && isKnownWeights(given, families)) {
    const { spec, weights } = knownWeightsOf(given, families);
    const own = labelsFor(spec.classes, weights.labels, named);
    requireClasses(source, { name: given, classes: spec.classes, labels: own });
  }
  // What is told belongs to the result, wherever that is read.
  const notes: string[] = [];
  const tell = (note: string) => {
    notes.push(note);
    terminal.note(note);
  };
  const asked = { ...network, tellsUnused: true, onProgress: showLongWork(terminal), onNotice: tell };
  await withCheckedWeights(given, asked, (checked) =>
    evaluateWeights(checked, { given, named, notes, tell }, options, terminal),
  );
}

const missingData = (): ZooError => new ZooError('usage', `eval: which data? Pass --data: ${dataHelp}.`);

/** What the options say of the test pictures. */
const partOf = ({ skipDamaged, withNew, limit }: EvalOptions) => ({
  ...(skipDamaged && { skipDamaged }),
  ...(withNew && { withNew }),
  ...(limit !== undefined && { limit }),
});

/** What is tested, as the user named it, and the user's names of the classes. */
interface Asked {
  given: string;
  named: GivenLabels | undefined;
  /** What was told so far, and how more is told. */
  notes: readonly string[];
  tell(note: string): void;
}

async function evaluateWeights(
  checked: CheckedWeights,
  { given, named, notes, tell }: Asked,
  options: EvalOptions,
  terminal: Terminal,
): Promise<void> {
  const { spec, record, name, load } = checked;
  const data = options.data ?? record?.data.given;
  if (data === undefined) throw missingData();
  const source = options.data === undefined ? recordedSource(given, data, 'its record') : dataSource(data);
  const labels = labelsFor(spec.classes, checked.labels, named);
  const test = await openTest(checked, { given, source, labels, ...partOf(options) }, terminal, tell);
  await startBackend(options, terminal);
  const { model } = await load();
  const onProgress = showLongWork(terminal);
  const classified: ClassifiedPicture[] = [];
  const { csv } = options;
  const evaluation = await evaluate(model, test, {
    tenCrop: options.tenCrop === true,
    workers: options.workers,
    onNotice: terminal.note,
    onProgress,
    ...(csv !== undefined && {
      onExample: (index, probabilities) => classified.push(classifiedExample(test, index, probabilities)),
    }),
  });
  terminal.endLive();
  const { loss, top1, top5, examples, confusion } = evaluation;
  const { classes } = test;
  for (const warning of oneClassOnly(evaluation, classes))
    tell(`${name}: ${warningText(warning, 'Check that it is trained, and that its weights belong to this network.')}`);
  if (options.report !== undefined) {
    const guesses = await shownGuesses(model, test, evaluation);
    const command = `${commandName()} ${commandLine(typedWords())}`;
    const content = { weights: name, data: source.name, classes, evaluation, guesses, notes, command };
    await writeFileAtomically(options.report, evaluationPage(content));
  }
  if (csv !== undefined)
    await writeCsv(csv, predictionsCsv(classified, Math.min(maxPredictions, classes.length)), terminal);
  if (isPrinted(csv)) return;
  if (options.json) {
    terminal.print(JSON.stringify({ loss, top1, top5, examples, classes, confusion, notes }));
    return;
  }
  const views = options.tenCrop ? ', ten views each' : '';
  terminal.print(`${name} on ${counted(examples, 'test picture')} of ${source.name}${views}`);
  terminal.print(`Top-1 accuracy  ${terminal.colours.bold(percent(top1))}`);
  if (spec.classes > 5) terminal.print(`Top-5 accuracy  ${percent(top5)}`);
  terminal.print(`Loss            ${loss.toFixed(4)}`);
  const most = mostConfused(confusionsOf(confusion, classes));
  const title = 'Most confused   ';
  for (const [index, line] of wrapped(most ?? '', terminal.columns - title.length).entries())
    if (line !== '') terminal.print(`${index === 0 ? title : ' '.repeat(title.length)}${line}`);
  if (options.report !== undefined) terminal.print(`Report          ${options.report}`);
  if (csv !== undefined) terminal.print(`Table           ${csv}`);
}

export function addEval(program: Command, terminal: Terminal): void {
  const command = program
    .command('eval')
    .summary('test a trained network')
    .description('Tests a network on the test part of a data set: its top-1 and top-5 accuracy.')
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .option('--data <name>', `${dataHelp} (default: the run's own)`)
    .option(
      '--skip-damaged',
      'continue without pictures that cannot be read, and without those of a run that are missing or changed (default: stop and name them)',
    )
    .option('--with-new', "also test on pictures that were added to a run's folder after it started")
    .option('--ten-crop', 'average over corners, middle and their mirror images, as the paper does')
    .option('--limit <n>', 'test on this many pictures, as many of each class (default: all)', wholeNumber(1))
    .option(
      '--report <file>',
      'write a page: classes, confusions, and as pictures the worst mistakes and what it is least and most certain of',
    )
    .option(
      '--csv <file>',
      'also write a table, one row per picture: image, truth, right, guess_1, probability_1 ...; - prints it instead; names that begin as formulas get an apostrophe',
    );
  addLabelsOption(command);
  addWeightsOptions(command);
  addBackendOptions(command);
  addWorkersOption(command)
    .option(
      '--json',
      'one JSON object: loss, top1, top5, examples, classes, confusion with one row per actual class, and notes, which standard error has too',
    )
    .action((weights: string, options: EvalOptions) => runEvaluation(weights, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo eval runs/first', 'on the data it was trained for'],
        ['zoo eval runs/first --limit 1000 --report test.html', 'a quick test, with its worst mistakes as pictures'],
        ['zoo eval runs/first --csv test.csv', 'the predictions for each picture, as a table'],
        ['zoo eval runs/first --data my-pictures --ten-crop', 'on other pictures of the same classes'],
        ["zoo eval torchvision --data 'imagenet-val-{00..06}.tar'", 'tar shards of WebDataset'],
        ['zoo eval theirs.pth --model alexnet/torchvision --classes 10 --data my-pictures', 'weights from elsewhere'],
      ),
    );
}
