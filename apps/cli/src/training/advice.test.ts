import { presets, recipes } from '@zoo/alexnet';
import { ZooError } from '@zoo/core';
import { recipeFor } from '@zoo/spec';
import type { DeadNetwork, EpochEvent, StepEvent, TrainingWarning } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import { runFolder } from '../run/run-folder.ts';
import { errorWithAdvice, newWarnings, type TrainingSettings, warningLine } from './advice.ts';

const oneClass: TrainingWarning = { kind: 'one-class', label: 'cat', examples: 2000 };
const flat: TrainingWarning = { kind: 'flat-loss', epochs: 4, loss: 1.09, guessing: 1.0986 };

const dead: DeadNetwork = { kind: 'dead', steps: 100, layer: 'features.11', pictures: 64 };

const learning = (preset: 'torchvision' | 'xavier', changes = {}): TrainingSettings => {
  const { recipe } = presets[preset];
  return { preset: `alexnet/${preset}`, recipe: { ...recipe, optimizer: { ...recipe.optimizer, ...changes } } };
};

const epoch = (...warnings: TrainingWarning[]): EpochEvent => ({
  type: 'epoch',
  epoch: 1,
  loss: 0.69,
  accuracy: 0.5,
  learningRate: 0.01,
  seconds: 1,
  waitedForData: 0,
  imagesPerSecond: 1,
  ...(warnings.length > 0 && { warnings }),
});

const step = (...warnings: DeadNetwork[]): StepEvent => ({
  type: 'step',
  epoch: 1,
  step: 100,
  stepsPerEpoch: 1000,
  loss: 2.3,
  accuracy: 0.1,
  learningRate: 0.01,
  imagesPerSecond: 1,
  ...(warnings.length > 0 && { warnings }),
});

describe('newWarnings', () => {
  it('says those of a step at once, and once', () => {
    const next = newWarnings();
    expect([step(), step(dead), step(), step(dead), epoch(oneClass), epoch(oneClass)].map(next)).toEqual([
      [],
      [dead],
      [],
      [],
      [],
      [oneClass],
    ]);
  });

  it('waits for a second epoch in a row, and says each kind once', () => {
    const next = newWarnings();
    const heard = [epoch(oneClass), epoch(), epoch(oneClass), epoch(oneClass, flat), epoch(oneClass, flat)].map(next);
    expect(heard).toEqual([[], [], [], [oneClass], [flat]]);
  });
});

describe('warningLine', () => {
  it("names what to try by the command line's options", () => {
    expect(warningLine(oneClass, learning('torchvision'))).toBe(
      'Every one of the 2,000 test pictures is classified as cat: the network does not distinguish the classes. Try more --epochs, --optimizer adam, a lower --lr, such as 0.003, --batch-size 16, or more pictures.',
    );
    expect(warningLine(flat, learning('xavier'))).toBe(
      'After 4 epochs the loss is 1.090, at chance level (1.099): the network has learned nothing yet. Try more --epochs, a lower --lr, such as 0.0003, --batch-size 16, or more pictures.',
    );
    expect(warningLine(dead, learning('xavier'))).toMatch(
      /^After 100 steps the ReLU features\.11 is 0 for all of 64 pictures: .* Start again with another --seed, or with --warmup 0\.01, or a lower --lr, such as 0\.0003\.$/,
    );
    const { preset, recipe } = learning('xavier');
    const slow = { ...recipe, schedule: { ...recipe.schedule, warmup: 0.1 } };
    expect(warningLine(dead, { preset, recipe: slow, weights: 'mine.pth' })).toMatch(
      / Start again with other --weights, or with a lower --lr, such as 0\.0003\.$/,
    );
    expect(warningLine(dead, learning('xavier', { learningRate: 1 }))).toMatch(
      / Start again with another --seed, or with --lr 0\.001, as the preset has it\.$/,
    );
  });
});

it('says whose value it gives, where the preset learns by another optimiser', () => {
  const { preset, recipe } = learning('torchvision');
  const other = { preset, recipe: { ...recipe, optimizer: { ...presets.xavier.recipe.optimizer, learningRate: 1 } } };
  expect(warningLine(oneClass, other)).toContain('Try --lr 0.001, the default of --optimizer adam.');
});

it('names a higher rate for one that is far too low, where nothing is learned', () => {
  const slow = learning('torchvision', { learningRate: 1e-6 });
  expect(warningLine(flat, slow)).toMatch(/ Try --lr 0\.01, as the preset has it\.$/);
  const { preset, recipe } = slow;
  const other = {
    preset,
    recipe: { ...recipe, optimizer: { ...presets.xavier.recipe.optimizer, learningRate: 1e-6 } },
  };
  expect(warningLine(oneClass, other)).toContain('Try --lr 0.001, the default of --optimizer adam.');
});

it('names none above the rate of few pictures and trained weights, the lowest of a recipe', () => {
  const { optimizer } = recipeFor(presets.torchvision, 200, { pretrained: true });
  const few = { preset: 'alexnet/torchvision', recipe: { ...presets.torchvision.recipe, optimizer } };
  expect(warningLine(flat, few)).toContain('Try more --epochs, a lower --lr, ');
});

it('says where the loss is above that of guessing', () => {
  expect(warningLine({ ...flat, loss: 59.2 }, learning('torchvision'))).toMatch(
    /^After 4 epochs the loss is 59\.200, above chance level \(1\.099\): /,
  );
});

it('does not blame a recipe that was asked for by its name', () => {
  const { recipe } = recipes['cifar10-modern'];
  expect(warningLine(oneClass, { preset: 'alexnet/cifar10-full', recipe })).toContain('Try more --epochs, ');
  const source = `${recipe.source}; changed here: optimiser`;
  const fast = { ...recipe, source, optimizer: { ...recipe.optimizer, learningRate: 9 } };
  expect(warningLine(oneClass, { preset: 'alexnet/cifar10-full', recipe: fast })).toContain(
    'Try --lr 0.003, as its recipe has it.',
  );
});

describe('errorWithAdvice', () => {
  const diverged = new ZooError('not-finite', 'train: the loss is NaN: training has diverged.', {
    remedy: 'Use a lower learning rate, such as 99000.',
  });

  it('adds the option that helps to a divergence, and nothing to other errors', () => {
    expect(errorWithAdvice(diverged, runFolder('runs/none'), learning('torchvision'))).toMatchObject({
      code: 'not-finite',
      message: 'train: the loss is NaN: training has diverged. Start again with --lr 0.001.',
    });
    const other = new ZooError('disk', 'full');
    expect(errorWithAdvice(other, runFolder('runs/none'), learning('torchvision'))).toBe(other);
  });

  it.each([
    [{ learningRate: 1e6 }, '--lr 0.01'],
    [{ weightDecay: 100 }, '--weight-decay 0.0001'],
    [{ learningRate: 50, momentum: 0.9999 }, '--lr 0.01 --momentum 0.9'],
  ])('blames the option that is far from the preset, and gives the value of the preset: %j', (changes, options) => {
    expect(errorWithAdvice(diverged, runFolder('runs/none'), learning('torchvision', changes))).toMatchObject({
      message: `train: the loss is NaN: training has diverged. Start again with ${options}, as the preset has it.`,
    });
    expect(warningLine(oneClass, learning('torchvision', changes))).toContain(`Try ${options}, as the preset has it.`);
  });
});
