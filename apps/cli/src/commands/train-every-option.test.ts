import { readFileSync } from 'node:fs';
import '@zoo/kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { random } from '@zoo/core';
import { buildModel, modelWeights } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import { type EpochEvent, train } from '@zoo/trainers';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainOptions } from '../options/train-options.ts';
import { openTerminal } from '../terminal.ts';
import { planRun } from '../training/plan.ts';
import { addTrain } from './train.ts';

// Every option of `zoo train` stands under a heading, is described in the library where that has it, is in the record of a run, and does
// something. A new option fails here until it has its line.

/** What holds an option to its word. */
interface Held {
  /** Its heading on the help page. */
  heading: string;
  /** What of the library it stands for: a file, and a name that is described in it. None for what the command line alone can do. */
  api?: readonly [file: string, name: string];
  /** Where the record of a run has it. None for what a run does not depend on. */
  record?: string;
  /** Words that make another training of the one with `without`. */
  changes?: readonly string[];
  /** Words of both trainings. Default: none. */
  without?: readonly string[];
  /** What both train. Default: a small cifar10-quick. */
  network?: readonly string[];
  /** Where no small training tells: the test that fails if it does nothing, a file beside this one with a part of a test's name. */
  test?: readonly [file: string, name: string];
}

const trainer = 'packages/trainers/src/train-options.ts';
const refinements = 'packages/spec/src/refinements.ts';
const recipes = 'packages/spec/src/recipe.ts';
const configure = 'packages/spec/src/configure.ts';
const weights = 'packages/weights/src/load-weights.ts';
const backends = 'packages/backends/src/candidate.ts';

const [data, run, begin] = ['Data:', 'The run:', 'Weights to begin with:'];
const [training, loss, changed] = ['Training:', 'Loss, gradient and weights:', 'Changes to the network:'];
const compute = 'Where to compute:';
const small = ['alexnet/cifar10-quick', '--width', '0.05'];
const towers = ['alexnet/paper', '--width', '0.02', '--input-size', '67'];

const held: Readonly<Record<string, Held>> = {
  '--data': { heading: data, record: 'data', test: ['train.test.ts', 'leaves a record, pictures and a report'] },
  '--train': { heading: data, record: 'data.parts', test: ['folders.test.ts', 'takes others by --train and --val'] },
  '--val': { heading: data, record: 'data.parts', test: ['folders.test.ts', 'takes others by --train and --val'] },
  '--skip-damaged': {
    heading: data,
    record: 'options.skipDamaged',
    test: ['folders.test.ts', 'goes on without them by --skip-damaged'],
  },
  '--limit': {
    heading: data,
    api: ['packages/loaders/src/subset.ts', 'limit'],
    record: 'options.limit',
    test: ['run-pictures.test.ts', 'are recorded with their part and hash, also those that it left out'],
  },
  '--out': { heading: run, test: ['out.test.ts', 'leaves no folders behind where nothing came of it'] },
  '--overwrite': { heading: run, test: ['train.test.ts', 'unless told to overwrite it'] },
  '--resume': {
    heading: run,
    api: [trainer, 'resume'],
    test: ['train.test.ts', 'goes on after Ctrl-C as if nothing had happened'],
  },
  '--keep-best': {
    heading: run,
    api: [trainer, 'bestCheckpoint'],
    record: 'options.keepBest',
    test: ['train-best.test.ts', 'keeps the epoch that did best, and names it'],
  },
  '--tensorboard': {
    heading: run,
    api: ['packages/trainers/src/tensorboard/tensor-board.ts', 'tensorBoardRecord'],
    record: 'options.tensorboard',
    test: ['train-best.test.ts', "is TensorBoard's too"],
  },
  '--max-minutes': {
    heading: run,
    api: [trainer, 'stop'],
    test: ['train.test.ts', 'stops after --max-minutes'],
  },
  '--seed': { heading: run, api: [trainer, 'seed'], record: 'options.seed', changes: ['--seed', '5'] },
  '--weights': {
    heading: begin,
    api: [weights, 'loadWeights'],
    record: 'options.weights',
    test: ['train-weights.test.ts', 'teaches a network other classes'],
  },
  '--key': {
    heading: begin,
    api: [weights, 'key'],
    record: 'options.key',
    test: ['train-key.test.ts', 'begins with the network of that name'],
  },
  '--partial': {
    heading: begin,
    api: [weights, 'strict'],
    record: 'options.partial',
    test: ['train-weights.test.ts', 'takes some of the layers with --partial'],
  },
  '--freeze': {
    heading: begin,
    api: [trainer, 'freeze'],
    record: 'options.freeze',
    changes: ['--freeze', 'features.0'],
  },
  '--recipe': {
    heading: training,
    api: ['packages/spec/src/named-recipe.ts', 'recipeNamed'],
    record: 'options.recipe.source',
    without: ['--epochs', '1'],
    changes: ['--recipe', 'seed-004'],
  },
  '--epochs': {
    heading: training,
    api: [trainer, 'epochs'],
    record: 'options.recipe.epochs',
    changes: ['--epochs', '1'],
  },
  '--batch-size': {
    heading: training,
    api: [trainer, 'batchSize'],
    record: 'options.recipe.batchSize',
    changes: ['--batch-size', '6'],
  },
  '--optimizer': {
    heading: training,
    api: [trainer, 'optimizer'],
    record: 'options.recipe.optimizer.kind',
    changes: ['--optimizer', 'adamw'],
  },
  '--lr': {
    heading: training,
    api: [recipes, 'learning rate'],
    record: 'options.recipe.optimizer.learningRate',
    changes: ['--lr', '0.02'],
  },
  '--momentum': {
    heading: training,
    api: [recipes, 'momentum'],
    record: 'options.recipe.optimizer.momentum',
    changes: ['--momentum', '0.5'],
  },
  '--weight-decay': {
    heading: training,
    api: [recipes, 'weightDecay'],
    record: 'options.recipe.optimizer.weightDecay',
    changes: ['--weight-decay', '0.5'],
  },
  '--schedule': {
    heading: training,
    api: [trainer, 'schedule'],
    record: 'options.recipe.schedule',
    changes: ['--schedule', 'cosine'],
  },
  '--augment': {
    heading: training,
    api: [trainer, 'augment'],
    record: 'options.recipe.augment',
    changes: ['--augment', 'flip'],
  },
  '--class-weights': {
    heading: training,
    api: [trainer, 'classWeights'],
    record: 'options.classWeights',
    changes: ['--class-weights', 'balanced'],
  },
  '--warmup': {
    heading: loss,
    api: [recipes, 'warmup'],
    record: 'options.recipe.schedule.warmup',
    changes: ['--warmup', '0.5'],
  },
  '--convention': {
    heading: loss,
    api: [recipes, 'convention'],
    record: 'options.recipe.optimizer.convention',
    // Alike while the rate is.
    without: ['--schedule', 'cosine'],
    changes: ['--convention', 'pytorch'],
  },
  '--nesterov': {
    heading: loss,
    api: [recipes, 'nesterov'],
    record: 'options.recipe.optimizer.nesterov',
    changes: ['--nesterov'],
  },
  '--no-nesterov': {
    heading: loss,
    api: [recipes, 'nesterov'],
    record: 'options.recipe.optimizer.nesterov',
    without: ['--nesterov'],
    changes: ['--no-nesterov'],
  },
  '--bias-lr': {
    heading: loss,
    api: [refinements, 'multipliers'],
    record: 'options.recipe.multipliers.learningRate',
    changes: ['--bias-lr', '9'],
  },
  '--bias-decay': {
    heading: loss,
    api: [refinements, 'multipliers'],
    record: 'options.recipe.multipliers.weightDecay',
    // Biases begin with 0, and what draws them there is small.
    without: ['--weight-decay', '0.5', '--bias-lr', '9'],
    changes: ['--bias-decay', '5'],
  },
  '--label-smoothing': {
    heading: loss,
    api: [refinements, 'labelSmoothing'],
    record: 'options.recipe.labelSmoothing',
    changes: ['--label-smoothing', '0.2'],
  },
  '--clip-norm': {
    heading: loss,
    api: [refinements, 'clipNorm'],
    record: 'options.recipe.clipNorm',
    changes: ['--clip-norm', '0.001'],
  },
  '--accumulate': {
    heading: loss,
    api: [refinements, 'accumulate'],
    record: 'options.recipe.accumulate',
    // A batch normalisation sees the parts.
    network: ['alexnet/batchnorm', '--width', '0.02', '--input-size', '100'],
    changes: ['--accumulate', '2'],
  },
  '--ema': { heading: loss, api: [refinements, 'ema'], record: 'options.recipe.ema', changes: ['--ema', '0.5'] },
  '--early-stopping': {
    heading: loss,
    api: [refinements, 'earlyStopping'],
    record: 'options.recipe.earlyStopping',
    without: ['--epochs', '4', '--lr', '1e-30'],
    changes: ['--early-stopping', '1'],
  },
  '--classes': { heading: changed, api: [configure, 'classes'], record: 'spec.classes', changes: ['--classes', '3'] },
  '--in-channels': {
    heading: changed,
    api: [configure, 'inChannels'],
    record: 'spec.input',
    changes: ['--in-channels', '1'],
  },
  '--input-size': {
    heading: changed,
    api: [configure, 'inputSize'],
    record: 'spec.input',
    changes: ['--input-size', '24'],
  },
  '--width': {
    heading: changed,
    api: [configure, 'width'],
    record: 'options.width',
    network: ['alexnet/cifar10-quick'],
    without: ['--epochs', '1', '--batch-size', '12'],
    changes: ['--width', '0.05'],
  },
  '--groups': {
    heading: changed,
    api: [configure, 'groups'],
    record: 'spec.layers',
    network: towers,
    changes: ['--groups', '1'],
  },
  '--dropout': {
    heading: changed,
    api: [configure, 'dropout'],
    record: 'spec.layers',
    network: towers,
    changes: ['--dropout', '0'],
  },
  '--lrn': {
    heading: changed,
    api: [configure, 'lrn'],
    record: 'spec.layers',
    network: towers,
    changes: ['--lrn', 'none'],
  },
  '--backend': {
    heading: compute,
    api: ['packages/backends/src/use-backend.ts', 'useBackend'],
    record: 'versions.backend',
    test: ['train-backends.test.ts', 'auto proves its backend'],
  },
  '--threads': {
    heading: compute,
    api: [backends, 'threads'],
    record: 'versions.backend',
    test: ['train-backends.test.ts', 'trains to the end, and says what computes'],
  },
  '--software': {
    heading: compute,
    api: [backends, 'software'],
    record: 'versions.backend',
    test: ['train-backends.test.ts', 'trains to the end, and says what computes'],
  },
  '--workers': {
    heading: compute,
    api: ['packages/loaders/src/batches.ts', 'workers'],
    test: ['workers.test.ts', 'hands the pictures to as many threads as --workers says'],
  },
  '--json': { heading: 'Options:', test: ['train.test.ts', 'prints its events as JSON lines'] },
};

/** A file of the repository, from its root. */
const textOf = (file: string) => readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8');

function trainCommand(): Command {
  const program = new Command();
  addTrain(program, openTerminal(), []);
  const [found] = program.commands;
  if (!found) throw new Error('no command');
  return found;
}

/** What is planned for some words, as `zoo train` reads them. */
function planned(words: readonly string[]) {
  const command = trainCommand();
  let plan: ReturnType<typeof planRun> | undefined;
  let classes = 2;
  command.exitOverride().action((preset: string, options: TrainOptions) => {
    plan = planRun(preset, options, new Date(0));
    classes = options.classes ?? classes;
  });
  command.parse([...words, '--data', 'cifar10'], { from: 'user' });
  if (!plan) throw new Error('no plan');
  const { options, specFor } = plan;
  return { options, spec: specFor(classes) };
}

/** Noise, with more of one class than of the other. */
function pictures(count: number, channels: number, classes: number): Dataset {
  const { integer } = random(3);
  return inMemory({
    name: 'noise',
    classes: ['dark', 'light', 'none'].slice(0, classes),
    labels: Uint8Array.from({ length: count }, (_, index) => (index % 3 === 0 ? 1 : 0)),
    pixels: Uint8Array.from({ length: count * 24 * 24 * channels }, () => integer(256)),
    height: 24,
    width: 24,
    channels,
  });
}

/** Everything that a training comes to. */
async function trained(words: readonly string[]): Promise<unknown> {
  const { options, spec } = planned(words);
  const { recipe, seed, freeze, classWeights } = options;
  const model = buildModel(spec, { seed });
  const events: unknown[] = [];
  const [all, test] = [12, 6].map((count) => pictures(count, spec.input[2], spec.classes));
  if (!all || !test) throw new Error('no pictures');
  const timeless = ({ seconds: _, imagesPerSecond: __, ...event }: EpochEvent) => event;
  for await (const event of train(model, all, {
    ...recipe,
    seed,
    validation: test,
    ...(freeze && { freeze }),
    ...(classWeights && { classWeights }),
  }))
    if (event.type === 'epoch') events.push(timeless(event));
  const values = modelWeights(model).map(({ name, variable }) => [name, Array.from(variable.dataSync())]);
  model.dispose();
  return { events, values };
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((one, key) => {
    if (typeof one !== 'object' || one === null) return undefined;
    return Object.entries(one).find(([name]) => name === key)?.[1];
  }, value);

beforeAll(() => tf.setBackend('wasm'));

describe('zoo train', () => {
  const command = trainCommand();

  it('has no option that nothing here holds to its word, and none is held that it has not', () => {
    expect(command.options.map(({ long }) => long).toSorted()).toEqual(Object.keys(held).toSorted());
  });

  it.each(Object.entries(held))(
    '%s stands under its heading, described and recorded',
    (flag, { heading, api, record }) => {
      let under = '';
      const headings = new Map<string, string>();
      for (const line of command.helpInformation().split('\n')) {
        if (/^\S.*:$/.test(line)) under = line;
        const [, option] = /^ {2}(--[\w-]+)/.exec(line) ?? [];
        if (option !== undefined) headings.set(option, under);
      }
      expect(headings.get(flag)).toBe(heading);
      if (api) {
        const [file, name] = api;
        const text = textOf(file);
        const described = [...text.matchAll(/\/\*\*[\s\S]*?\*\/\s*(.*)/g)];
        expect(
          described.some((found) => new RegExp(`\\b${name}\\b`).test(found[0])),
          `${name} in ${file}`,
        ).toBe(true);
      }
      if (record !== undefined) {
        const [top = '', field = ''] = record.split('.');
        const source = textOf('apps/cli/src/run/run-record.ts');
        expect(source).toMatch(new RegExp(`^ {2}${top}\\??: `, 'm'));
        if (top === 'options') expect(source).toMatch(new RegExp(`^ {2}${field}\\??: `, 'm'));
      }
    },
  );

  const changing = Object.entries(held).filter(([, { changes }]) => changes);
  it.each(changing)('%s changes a training, and what is recorded of it', async (flag, one) => {
    const { changes = [], record = '', network = small } = one;
    expect(changes).toContain(flag);
    const base = ['--epochs', '2', '--batch-size', '4', '--lr', '0.01'];
    const without = [...network, ...base, ...(one.without ?? [])];
    const words = [...without, ...changes];
    expect(at(planned(words), record)).not.toEqual(at(planned(without), record));
    expect(await trained(words)).not.toEqual(await trained(without));
  });

  const elsewhere = Object.entries(held).filter(([, { changes }]) => !changes);
  it.each(elsewhere)('%s is held by another test', (flag, { test }) => {
    const [file = '', name = ''] = test ?? [];
    const text = textOf(`apps/cli/src/commands/${file}`);
    expect(text).toContain(flag);
    expect(text).toContain(name);
  });
});
