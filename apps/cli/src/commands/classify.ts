import { printableName, ZooError } from '@zoo/core';
import { classify } from '@zoo/trainers';
import type { Command } from 'commander';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples, pictureHelp } from '../options/help.ts';
import { wholeNumber } from '../options/numbers.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { isPrinted, requireCsv, writeCsv } from '../output/csv-option.ts';
import { namedPictures, requirePictures } from '../pictures/named-pictures.ts';
import { readAll } from '../pictures/read-all.ts';
import { truthOf, unknownFoldersNotice } from '../pictures/truth.ts';
import { listed } from '../rendering/listed.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { type ClassifiedPicture, predictionChart } from '../rendering/prediction-chart.ts';
import { predictionRows } from '../rendering/prediction-rows.ts';
import { predictionsCsv, type UnreadablePicture } from '../rendering/predictions-csv.ts';
import { isWrong, scoreLines } from '../rendering/score-lines.ts';
import { type CheckedWeights, withCheckedWeights } from '../run/open-weights.ts';
import { addLabelsOption, type GivenLabels, givenLabels, labelsFor } from '../run/read-labels.ts';
import { requireWeights } from '../run/require-weights.ts';
import { requireWeightsFirst } from '../run/require-weights-first.ts';
import type { Terminal } from '../terminal.ts';
import { startWork } from '../training/output-failure.ts';

/** Everything that `zoo classify` understands, under the names that commander gives. */
export interface ClassifyOptions extends WeightsOptions, BackendOptions {
  weights?: string;
  top?: number;
  labels?: string;
  wrong?: true;
  csv?: string;
  json?: true;
}

/** By default, up to this many pictures are shown with five predictions each, and more with one. */
const fewPictures = 3;

const rowJson = ({ image, actual, predictions }: ClassifiedPicture): string =>
  JSON.stringify({ image, ...(actual !== undefined && { truth: actual }), top: predictions });

const confidence = ({ predictions }: ClassifiedPicture): number => predictions[0]?.probability ?? 0;

/** @throws ZooError `usage` where nothing can be wrong, because nothing is known. */
function requireTruths(truths: readonly (string | undefined)[], labels: readonly string[]): void {
  if (truths.some((truth) => truth !== undefined)) return;
  throw new ZooError(
    'usage',
    `--wrong: no picture's folder or name says what it shows. Put them into folders named after the classes: ${listed(labels, 5)}.`,
  );
}

/** `zoo classify RUN|WEIGHTS IMAGE...` */
async function runClassification(
  names: readonly string[],
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<void> {
  const { weights, csv, json, labels } = options;
  const [given = '', ...images] = weights === undefined ? names : [weights, ...names];
  requireWeightsFirst('classify', given, images);
  if (images.length === 0) throw new ZooError('usage', 'classify: which pictures? Name files, or folders of them.');
  const network = namedNetwork(options);
  requireWeights(given);
  requirePictures(images);
  await requireCsv(csv, json === true);
  const named = await givenLabels(labels, terminal.note);
  const asked = { ...network, tellsUnused: true, onProgress: showLongWork(terminal), onNotice: terminal.note };
  await withCheckedWeights(given, asked, (checked) => classifyPictures(checked, { images, named }, options, terminal));
}

/** The pictures to classify, and the user's names of the classes. */
interface Asked {
  images: readonly string[];
  named: GivenLabels | undefined;
}

async function classifyPictures(
  { spec, labels: own, name, load }: CheckedWeights,
  { images, named }: Asked,
  { top: wanted, json, wrong: onlyWrong, csv, ...options }: ClassifyOptions,
  terminal: Terminal,
): Promise<void> {
  const { input, classes } = spec;
  const labels = labelsFor(classes, own, named);
  terminal.endLive();
  const pictures = await namedPictures(images, terminal.note);
  const top = wanted ?? (pictures.length > fewPictures || onlyWrong ? 1 : 5);
  const classNames = labels.length > 0 ? labels : Array.from({ length: classes }, (_, index) => String(index));
  const truths = pictures.map((picture) => truthOf(picture, classNames));
  if (onlyWrong) requireTruths(truths, classNames);
  const notice = unknownFoldersNotice(pictures, truths, name);
  if (notice) terminal.note(notice);
  await startBackend(options, terminal);
  const onProgress = showLongWork(terminal);
  const { model } = await load();
  const csvOnly = isPrinted(csv);

  let failure: Error | undefined;
  const endWork =
    csv === undefined || csvOnly
      ? undefined
      : startWork((error) => {
          failure ??= error;
        });
  const rows: (ClassifiedPicture | UnreadablePicture)[] = [];
  const files = pictures.map((picture) => picture.name);
  const { colours, columns } = terminal;
  const inColumns = predictionRows(files, labels, {
    hasTruths: truths.some((truth) => truth !== undefined),
    colours,
    columns,
  });
  const show = (picture: ClassifiedPicture) => {
    if (csvOnly) return;
    if (json) terminal.print(rowJson(picture));
    else terminal.print(top === 1 ? inColumns(picture) : predictionChart(picture, { colours, columns }));
  };
  const onDamaged = (image: string, error: string) => {
    rows.push({ image, error });
    terminal.note(printableName(error));
    if (json) terminal.print(JSON.stringify({ image, error }));
  };
  try {
    for await (const { file, picture, place } of readAll(files, input[2], onDamaged)) {
      if (failure) throw failure;
      const predictions = await classify(model, picture, { top, ...(labels.length > 0 && { labels: [...labels] }) });
      const row = { image: file, predictions, actual: truths[place] };
      rows.push(row);
      if (!onlyWrong) show(row);
      else onProgress({ task: 'classify', done: place + 1, total: files.length, unit: 'files' });
    }
  } finally {
    terminal.endLive();
    const classified = rows.filter((row): row is ClassifiedPicture => 'predictions' in row);
    const wrong = classified.filter(isWrong).sort((a, b) => confidence(b) - confidence(a));
    if (onlyWrong) for (const picture of wrong) show(picture);
    const lines = json || csvOnly ? [] : scoreLines(classified, columns);
    if (lines.length > 0) terminal.print(['', colours.bold(lines[0] ?? ''), ...lines.slice(1)].join('\n'));
    if (csv !== undefined && rows.length > 0) {
      const chosen = onlyWrong ? [...wrong, ...rows.filter((row) => 'error' in row)] : rows;
      const content = predictionsCsv(chosen, Math.min(top, classes));
      await writeCsv(csv, content, terminal);
      if (!json && !csvOnly) terminal.print(`Written  ${csv}`);
    }
    endWork?.();
  }
}

export function addClassify(program: Command, terminal: Terminal): void {
  const command = program
    .command('classify')
    .summary('classify pictures')
    .description(
      'Shows the classes that a trained network predicts for pictures, with their probabilities.\n' +
        'If pictures are in folders named after the classes, as for zoo train, or their names begin with a class, as in cat-103.png, ' +
        'it also says which predictions are right, and how many.',
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .argument('[image...]', pictureHelp)
    .option('--weights <weights>', 'the network, if all arguments are pictures')
    .option(
      '--top <k>',
      `predictions per picture, on one line if it is 1 (default: 5 for up to ${fewPictures} pictures, 1 for more)`,
      wholeNumber(1),
    )
    .option('--wrong', 'show only misclassified pictures, the most confident mistakes first')
    .option(
      '--csv <file>',
      'also write a table: image, truth, right, guess_1, probability_1 ...; - prints it instead; names that begin as formulas get an apostrophe',
    );
  addLabelsOption(command);
  addWeightsOptions(command);
  addBackendOptions(command)
    .option('--json', 'one JSON object per picture: image, truth if it is known, and top; or image and error')
    .action((first: string, others: string[], options: ClassifyOptions) =>
      runClassification([first, ...others], options, terminal),
    )
    .addHelpText(
      'after',
      examples(
        ['zoo classify runs/first my-cat.jpg', 'one picture'],
        ['zoo classify torchvision my-cat.jpg', "torchvision's AlexNet, fetched on first use (244 MB)"],
        [
          'zoo classify runs/first my-pictures --wrong',
          'folders named after classes: which pictures are misclassified?',
        ],
        ["zoo classify runs/first 'photos/**/*.jpg' --csv predictions.csv", 'a table of many'],
        ['zoo classify runs/first - < my-cat.jpg', 'a picture from another program'],
        ['zoo classify theirs.pth my-cat.jpg --model alexnet/torchvision --classes 10', 'weights from elsewhere'],
        [
          'zoo classify theirs.pth my-cat.jpg --model alexnet/torchvision --labels imagenet_classes.txt',
          'with the names of its classes',
        ],
        ['zoo classify runs/first runs/first/examples', 'the test pictures that training saved, one line each'],
      ),
    );
}
