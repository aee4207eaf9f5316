import { ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers';
import { classify } from '@zoo/trainers';
import type { Command } from 'commander';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples, pictureHelp } from '../options/help.ts';
import { wholeNumber } from '../options/numbers.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { labelInFileName } from '../pictures/file-label.ts';
import { pictureFiles } from '../pictures/picture-files.ts';
import { readAll } from '../pictures/read-all.ts';
import { requirePictures } from '../pictures/require-pictures.ts';
import { guessChart, type Judgement } from '../rendering/guess-chart.ts';
import { guessRows } from '../rendering/guess-rows.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { counted } from '../rendering/quantities.ts';
import { openWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo classify` understands, under the names that commander gives. */
export interface ClassifyOptions extends WeightsOptions, BackendOptions {
  weights?: string;
  top?: number;
  json?: true;
}

/** Up to this many pictures are shown with five guesses each unless told otherwise, and more with one. */
const fewPictures = 3;

/** How many pictures bear their class in their name, and of how many it was guessed. */
function score(judgements: readonly Judgement[]): string | undefined {
  const known = judgements.filter(({ actual }) => actual !== undefined);
  const right = known.filter(({ actual, guesses }) => guesses[0]?.label === actual);
  return known.length < 2 ? undefined : `${right.length} of ${counted(known.length, 'picture')} right.`;
}

/** `zoo classify RUN|WEIGHTS IMAGE...` */
async function runClassification(
  names: readonly string[],
  { top: wanted, json, weights, ...options }: ClassifyOptions,
  terminal: Terminal,
): Promise<void> {
  const [given = '', ...images] = weights === undefined ? names : [weights, ...names];
  if (images.length === 0) throw new ZooError('usage', 'classify: which pictures? Name files, or folders of them.');
  const network = namedNetwork(given, options);
  requireWeights(given);
  requirePictures(images);
  const files = await pictureFiles(images, terminal.note);
  const top = wanted ?? (files.length > fewPictures ? 1 : 5);
  await startBackend(options, terminal);
  const { model, labels } = await openWeights(given, {
    ...network,
    onProgress: showLongWork(terminal),
    onNotice: terminal.note,
  });
  const channels = specOf(model).input[2];
  const judgements: Judgement[] = [];
  const inColumns = guessRows(files, labels, terminal.colours);
  const onDamaged = (file: string, message: string) => {
    terminal.note(message);
    if (json) terminal.print(JSON.stringify({ image: file, error: message }));
  };
  try {
    for await (const { file, picture } of readAll(files, channels, onDamaged)) {
      const guesses = await classify(model, picture, { top, ...(labels.length > 0 && { labels }) });
      if (json) terminal.print(JSON.stringify({ image: file, top: guesses }));
      else {
        const judgement = { image: file, guesses, actual: labelInFileName(file, labels) };
        judgements.push(judgement);
        terminal.print(top === 1 ? inColumns(judgement) : guessChart(judgement, terminal.colours));
      }
    }
  } finally {
    const result = score(judgements);
    if (result) terminal.print(`\n${terminal.colours.bold(result)}`);
  }
}

export function addClassify(program: Command, terminal: Terminal): void {
  const command = program
    .command('classify')
    .summary('name what pictures show')
    .description(
      'Shows what a trained network takes pictures for, and how sure it is.\n' +
        "Where a file's name begins with a class, as in cat-103.png, it says whether that is right.",
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .argument('[image...]', pictureHelp)
    .option('--weights <weights>', 'the network, where all arguments are pictures')
    .option(
      '--top <k>',
      `guesses a picture, in one line where it is 1 (default: 5 for up to ${fewPictures} pictures, 1 for more)`,
      wholeNumber(1),
    );
  addWeightsOptions(command);
  addBackendOptions(command)
    .option('--json', 'one JSON object a picture: image and top, or image and error')
    .action((first: string, others: string[], options: ClassifyOptions) =>
      runClassification([first, ...others], options, terminal),
    )
    .addHelpText(
      'after',
      examples(
        ['zoo classify runs/first my-cat.jpg', 'one picture'],
        ['zoo classify torchvision my-cat.jpg', "torchvision's AlexNet, fetched on first use (244 MB)"],
        ['zoo classify theirs.pth my-cat.jpg --model alexnet/torchvision --classes 10', "somebody's own weights"],
        ['zoo classify runs/first runs/first/examples', 'the test pictures that training put aside, a line each'],
      ),
    );
}
