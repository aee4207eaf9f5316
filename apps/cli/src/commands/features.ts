import { isZooError, ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { inferShapes, layerNamed, type ModelSpec, type ShapedLayer, shortLayerNames } from '@zoo/spec';
import { type Features, features } from '@zoo/trainers';
import type { Command } from 'commander';
import { presetName } from '../families.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples, pictureHelp } from '../options/help.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { endsIn, featureEndings, writeFeatures } from '../output/write-features.ts';
import { activationGrid } from '../pictures/activation-grid.ts';
import { leftPictureOf } from '../pictures/left-picture.ts';
import { namedPictures, requirePictures } from '../pictures/named-pictures.ts';
import { pngOf } from '../pictures/png.ts';
import { readAll } from '../pictures/read-all.ts';
import { truthOf } from '../pictures/truth.ts';
import { listedBelow } from '../rendering/listed.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { bytes, counted, percent } from '../rendering/quantities.ts';
import { shortNames } from '../rendering/short-names.ts';
import { table } from '../rendering/table.ts';
import { specBeforeOpening } from '../run/named-spec.ts';
import { type CheckedWeights, withCheckedWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import { requireWeightsFirst } from '../run/require-weights-first.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo features` understands, under the names that commander gives. */
export interface FeaturesOptions extends WeightsOptions, BackendOptions {
  layer?: string;
  out?: string;
  grid?: string;
  json?: true;
}

/** All pictures' features are in memory until they are written. */
const maxBytes = 2 ** 31;

/** The output files: activations to one, a drawing to another. */
interface Targets {
  numbers?: string;
  drawing?: string;
}

function targetsOf({ out, grid }: FeaturesOptions): Targets {
  const isDrawing = out !== undefined && endsIn(out, '.png');
  if (isDrawing && grid !== undefined)
    throw new ZooError('usage', `--grid: ${out} is the drawing already. Leave one of the two out.`);
  if (grid !== undefined && !endsIn(grid, '.png'))
    throw new ZooError('usage', `--grid: ${grid} does not end in .png. Add that extension.`);
  if (out !== undefined && !isDrawing && !endsIn(out, ...featureEndings))
    throw new ZooError(
      'usage',
      `--out: ${out} its extension names no format. Use one of ${featureEndings.join(', ')}, or in .png for a drawing.`,
    );
  const drawing = isDrawing ? out : grid;
  return {
    ...(out !== undefined && !isDrawing && { numbers: out }),
    ...(drawing !== undefined && { drawing }),
  };
}

function requireOne({ grid }: FeaturesOptions, { drawing }: Targets, images: readonly string[]): void {
  if (drawing === undefined || images.length === 1) return;
  const option = grid === undefined ? `--out ${drawing}` : '--grid';
  throw new ZooError('usage', `${option}: shows one picture, not ${images.length}. Name one.`);
}

/** The requested layer. @throws ZooError `usage` without one, with a list of all layers; `unknown-name` for an unknown one. */
function chosenLayer(spec: ModelSpec, layer: string | undefined): ShapedLayer {
  if (layer !== undefined) return layerNamed(spec, layer);
  const model = inferShapes(spec);
  const short = shortLayerNames(model);
  const longest = Math.max(...model.layers.map(({ path }) => path.length));
  const lines = model.layers.map(({ path, output }) =>
    `${path.padEnd(longest)}  ${(short.get(path) ?? '').padEnd(7)}  ${output.join(' × ')}`.trimEnd(),
  );
  throw new ZooError(
    'usage',
    `features: which layer? Pass --layer with a name of ${presetName(spec)}:\n${listedBelow(lines, lines.length)}`,
  );
}

/** Mean, largest and share of zeros, for people. */
function figures({ values }: Features): string[] {
  let [sum, most, zeros] = [0, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    sum += value;
    most = Math.max(most, value);
    if (value === 0) zeros += 1;
  }
  const shown = [sum / values.length, most].map((value) => value.toPrecision(4));
  return [...shown, percent(zeros / values.length)];
}

/** `zoo features RUN|WEIGHTS IMAGE... --layer NAME` */
async function runFeatures(
  given: string,
  images: readonly string[],
  options: FeaturesOptions,
  terminal: Terminal,
): Promise<void> {
  requireWeightsFirst('features', given, images);
  const network = namedNetwork(options);
  requireWeights(given);
  requirePictures(images);
  const targets = targetsOf(options);
  const known = await specBeforeOpening(given, options);
  if (known) chosenLayer(known, options.layer);
  for (const file of [targets.numbers, targets.drawing])
    if (file !== undefined) await requireWritableFile(file, file === options.grid ? '--grid' : '--out');
  const asked = { ...network, onProgress: showLongWork(terminal), onNotice: terminal.note };
  await withCheckedWeights(given, asked, (checked) => featuresOf(checked, images, options, terminal));
}

async function featuresOf(
  { spec, labels, name, load }: CheckedWeights,
  images: readonly string[],
  options: FeaturesOptions,
  terminal: Terminal,
): Promise<void> {
  const { json } = options;
  const targets = targetsOf(options);
  const { path: found, output } = chosenLayer(spec, options.layer);
  const short = shortLayerNames(inferShapes(spec)).get(found);
  const title = short === undefined ? found : `${found} (${short})`;
  terminal.endLive();
  const pictures = await namedPictures(images, terminal.note);
  const files = pictures.map((picture) => picture.name);
  requireOne(options, targets, files);
  const size = output.reduce((product, side) => product * side, 1);
  if (targets.numbers !== undefined && files.length * size * 4 > maxBytes)
    throw new ZooError(
      'usage',
      `--out: ${counted(files.length, 'picture')} of ${bytes(size * 4)} each are more than ${bytes(maxBytes)}. Take fewer, or a smaller layer.`,
    );
  await startBackend(options, terminal);
  const { model } = await load();
  const rows: Features[] = [];
  const lines: string[][] = [];
  const names = shortNames(files);
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
      if (targets.numbers !== undefined) rows.push(row);
      if (targets.drawing !== undefined)
        await writeFileAtomically(
          targets.drawing,
          await pngOf(activationGrid(row, title, await leftPictureOf(picture))),
        );
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
      else lines.push([names.get(file) ?? file, ...figures(row)]);
    }
  } catch (error) {
    // Files that cannot be read leave the others as they are.
    if (read.length === 0 || !isZooError(error) || error.code !== 'corrupt-file') throw error;
    failure = error;
  }
  if (targets.numbers !== undefined)
    await writeFeatures(targets.numbers, rows, {
      layer: found,
      weights: name,
      images: read.map(({ file }) => file),
      truths: read.map(({ truth = '' }) => truth),
    });
  if (!json) printFigures(targets, { layer: title, name, output, lines }, terminal);
  if (failure) throw failure;
}

/** A row of figures a picture, and what was written. */
function printFigures(
  { numbers, drawing }: Targets,
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
  if (numbers !== undefined) print(`\nWritten  ${numbers}: features [${[lines.length, ...shape].join(', ')}]`);
  if (drawing !== undefined) print(`${numbers === undefined ? '\n' : ''}Written  ${drawing}`);
}

export function addFeatures(program: Command, terminal: Terminal): void {
  const command = program
    .command('features')
    .summary('compute the activations of a layer for pictures')
    .description(
      'Computes the activations of a layer of a trained network for pictures, for use in another program: of a layer near the end for ' +
        'searching and comparing pictures, of an early one to see edges and colours. Pictures are preprocessed as for zoo classify.\n' +
        'Maps are [channels, height, width], as in PyTorch and Caffe.',
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .argument('<image...>', pictureHelp)
    .option(
      '--layer <name>',
      "a layer by any name that zoo summary shows, such as features.0, conv1 or fc7, or a block's, whose last layer is taken; without it, all names are listed",
    )
    .option(
      '--out <file>',
      `write them as features, one row per picture: ${featureEndings.join(', ')}; .npz also gets the arrays names and labels; .png draws the maps of one picture next to it`,
    )
    .option('--grid <file>', 'draw the maps of one picture as a PNG, if --out takes the activations');
  addWeightsOptions(command);
  addBackendOptions(command)
    .option('--json', 'one JSON object per picture: image, truth if it is known, layer, shape, values')
    .action((given: string, images: string[], options: FeaturesOptions) =>
      runFeatures(given, images, options, terminal),
    )
    .addHelpText(
      'after',
      examples(
        [
          'zoo features torchvision my-cat.jpg --layer classifier.5 --out cat.npy',
          '4,096 activations that describe the picture',
        ],
        [
          'zoo features runs/first my-cat.jpg --layer features.0 --out maps.png',
          'the activations of the first filters',
        ],
        ['zoo features runs/first my-pictures --layer features --json', 'one line per picture of a folder'],
        [
          'zoo features runs/first my-pictures --layer features --out all.npz',
          "for NumPy: load('all.npz') has features, names, and labels if folders are named after classes",
        ],
      ),
    );
}
