import path from 'node:path';
import { isZooError, ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { specOf } from '@zoo/layers';
import { inferShapes, layerNamed, shortLayerNames } from '@zoo/spec';
import { type Features, features } from '@zoo/trainers';
import { type NamedTensor, npyBytes, npzBytes, saveTensors } from '@zoo/weights';
import type { Command } from 'commander';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples, pictureHelp } from '../options/help.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { activationGrid } from '../pictures/activation-grid.ts';
import { namedPictures, requirePictures } from '../pictures/named-pictures.ts';
import { pngOf } from '../pictures/png.ts';
import { readAll } from '../pictures/read-all.ts';
import { truthOf } from '../pictures/truth.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { bytes, counted, percent } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import { specBeforeOpening } from '../run/named-spec.ts';
import { openWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo features` understands, under the names that commander gives. */
export interface FeaturesOptions extends WeightsOptions, BackendOptions {
  layer: string;
  out?: string;
  grid?: string;
  json?: true;
}

const endings = ['.npy', '.npz', '.safetensors'];

/** All pictures' features are in memory until they are written. */
const mostBytes = 2 ** 31;

const endsIn = (file: string, ...some: readonly string[]): boolean =>
  some.some((ending) => file.toLowerCase().endsWith(ending));

function requireFiles({ out, grid }: FeaturesOptions, images: readonly string[]): void {
  if (out !== undefined && !endsIn(out, ...endings))
    throw new ZooError('usage', `--out: ${out} does not say what to write. End it in one of ${endings.join(', ')}.`);
  if (grid !== undefined && !endsIn(grid, '.png'))
    throw new ZooError('usage', `--grid: ${grid} does not end in .png. Let it do so.`);
  if (grid !== undefined && images.length > 1)
    throw new ZooError('usage', `--grid: shows one picture, not ${images.length}. Name one.`);
}

/** What is written beside the numbers. */
interface Origin {
  layer: string;
  weights: string;
  /** Of the pictures, in the order of the rows. */
  images: readonly string[];
  /** What each shows, where some are known; empty for the others. */
  truths: readonly string[];
}

/** Writes a row for each picture, in the order given. */
async function writeFeatures(
  file: string,
  rows: readonly Features[],
  { layer, weights, images, truths }: Origin,
): Promise<void> {
  const shape = [rows.length, ...(rows[0]?.shape ?? [])];
  const tensor: NamedTensor = {
    name: 'features',
    shape,
    data() {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (const [place, row] of rows.entries()) values.set(row.values, place * row.values.length);
      return values;
    },
  };
  const labelled = truths.some((truth) => truth !== '');
  if (endsIn(file, '.npy')) await writeFileAtomically(file, npyBytes(tensor));
  else if (endsIn(file, '.npz'))
    await writeFileAtomically(file, npzBytes([tensor], { names: images, ...(labelled && { labels: truths }) }));
  else {
    const lists = { images: JSON.stringify(images), ...(labelled && { labels: JSON.stringify(truths) }) };
    await saveTensors(file, [tensor], { metadata: { layer, weights, ...lists } });
  }
}

/** Mean, largest and share of zeros, for people. */
function figures(image: string, { values }: Features): string[] {
  let [sum, most, zeros] = [0, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    sum += value;
    most = Math.max(most, value);
    if (value === 0) zeros += 1;
  }
  const shown = [sum / values.length, most].map((value) => value.toPrecision(4));
  return [path.basename(image), ...shown, percent(zeros / values.length)];
}

/** `zoo features RUN|WEIGHTS IMAGE... --layer NAME` */
async function runFeatures(
  given: string,
  images: readonly string[],
  options: FeaturesOptions,
  terminal: Terminal,
): Promise<void> {
  const { layer, out, grid, json } = options;
  const network = namedNetwork(given, options);
  requireWeights(given);
  requirePictures(images);
  const pictures = await namedPictures(images, terminal.note);
  const files = pictures.map((picture) => picture.name);
  requireFiles(options, files);
  const known = await specBeforeOpening(given, options);
  if (known) layerNamed(known, layer);
  if (out !== undefined) await requireWritableFile(out, '--out');
  if (grid !== undefined) await requireWritableFile(grid, '--grid');
  await startBackend(options, terminal);
  const { model, labels, name } = await openWeights(given, {
    ...network,
    onProgress: showLongWork(terminal),
    onNotice: terminal.note,
  });
  const spec = specOf(model);
  const { path: found, output } = layerNamed(spec, layer);
  const short = shortLayerNames(inferShapes(spec)).get(found);
  const title = short === undefined ? found : `${found} (${short})`;
  const size = output.reduce((product, side) => product * side, 1);
  if (out !== undefined && files.length * size * 4 > mostBytes)
    throw new ZooError(
      'usage',
      `--out: ${counted(files.length, 'picture')} of ${bytes(size * 4)} each are more than ${bytes(mostBytes)}. Take fewer, or a smaller layer.`,
    );
  const rows: Features[] = [];
  const lines: string[][] = [];
  const read: { file: string; truth: string | undefined }[] = [];
  const onDamaged = (file: string, message: string) => {
    terminal.note(message);
    if (json) terminal.print(JSON.stringify({ image: file, error: message }));
  };
  let failure: unknown;
  try {
    for await (const { file, place, picture } of readAll(files, spec.input[2], onDamaged)) {
      const row = await features(model, picture, { layer: found });
      const named = pictures[place];
      const truth = named && truthOf(named, labels);
      read.push({ file, truth });
      if (out !== undefined) rows.push(row);
      if (grid !== undefined) await writeFileAtomically(grid, await pngOf(activationGrid(row, title)));
      if (json)
        terminal.print(
          JSON.stringify({
            image: file,
            ...(truth !== undefined && { truth }),
            layer: found,
            shape: row.shape,
            values: [...row.values],
          }),
        );
      else lines.push(figures(file, row));
    }
  } catch (error) {
    // Files that cannot be read leave the others as they are.
    if (read.length === 0 || !isZooError(error) || error.code !== 'corrupt-file') throw error;
    failure = error;
  }
  if (out !== undefined)
    await writeFeatures(out, rows, {
      layer: found,
      weights: name,
      images: read.map(({ file }) => file),
      truths: read.map(({ truth = '' }) => truth),
    });
  if (!json) printFigures(options, { layer: found, name, output, lines }, terminal);
  if (failure) throw failure;
}

/** A row of figures a picture, and what was written. */
function printFigures(
  { out, grid }: FeaturesOptions,
  { layer, name, output, lines }: { layer: string; name: string; output: readonly number[]; lines: string[][] },
  { colours, columns: width, print }: Terminal,
): void {
  const [height, across, channels] = output;
  const shape = output.length === 3 ? [channels, height, across] : output;
  print(
    `${colours.bold(layer)} of ${name}: ${shape.join(' × ')}${output.length === 3 ? ' (channels, height, width)' : ''}\n`,
  );
  print(
    table(
      [
        { title: 'Picture', align: 'left' },
        { title: 'Mean', align: 'right' },
        { title: 'Largest', align: 'right' },
        { title: 'Zero', align: 'right' },
      ],
      lines,
      { colours, width },
    ),
  );
  if (out !== undefined) print(`\nWritten  ${out}: features [${[lines.length, ...shape].join(', ')}]`);
  if (grid !== undefined) print(`${out === undefined ? '\n' : ''}Written  ${grid}`);
}

export function addFeatures(program: Command, terminal: Terminal): void {
  const command = program
    .command('features')
    .summary('what a layer makes of pictures')
    .description(
      'Gives the numbers that a layer of a trained network has for pictures, for another program to go on with: a layer near the end for ' +
        'searching and comparing pictures, an early one to see edges and colours. Pictures are prepared as for zoo classify.\n' +
        'Maps are [channels, height, width], as in PyTorch and Caffe.',
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .argument('<image...>', pictureHelp)
    .requiredOption(
      '--layer <name>',
      "a layer by any name that zoo summary shows, such as features.0, conv1 or fc7, or a block's, whose last layer is taken",
    )
    .option(
      '--out <file>',
      `write all of them, a row a picture, as features: ${endings.join(', ')}; .npz with the arrays names and labels beside`,
    )
    .option('--grid <file>', 'draw the maps of one picture side by side under their numbers, as a PNG for a screen');
  addWeightsOptions(command);
  addBackendOptions(command)
    .option('--json', 'one JSON object a picture: image, truth where it is known, layer, shape, values')
    .action((given: string, images: string[], options: FeaturesOptions) =>
      runFeatures(given, images, options, terminal),
    )
    .addHelpText(
      'after',
      examples(
        [
          'zoo features torchvision my-cat.jpg --layer classifier.5 --out cat.npy',
          '4,096 numbers that say what it shows',
        ],
        ['zoo features runs/first my-cat.jpg --layer features.0 --grid maps.png', 'what the first filters see'],
        ['zoo features runs/first my-pictures --layer features --json', 'a line for each picture of a folder'],
        [
          'zoo features runs/first my-pictures --layer features --out all.npz',
          "for NumPy: load('all.npz') has features, names, and labels where folders are named after classes",
        ],
      ),
    );
}
