import { presets } from '@zoo/alexnet';
import { ZooError } from '@zoo/core';
import type { EpochEvent, TrainingWarning } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import { runFolder } from '../run/run-folder.ts';
import { newWarnings, warningLine, withAdvice } from './troubles.ts';

const oneClass: TrainingWarning = { kind: 'one-class', label: 'cat', examples: 2000 };
const flat: TrainingWarning = { kind: 'flat-loss', epochs: 4, loss: 1.09, guessing: 1.0986 };

const epoch = (...warnings: TrainingWarning[]): EpochEvent => ({
  type: 'epoch',
  epoch: 1,
  loss: 0.69,
  accuracy: 0.5,
  learningRate: 0.01,
  seconds: 1,
  imagesPerSecond: 1,
  ...(warnings.length > 0 && { warnings }),
});

describe('newWarnings', () => {
  it('waits for a second epoch in a row, and says each kind once', () => {
    const next = newWarnings();
    const heard = [epoch(oneClass), epoch(), epoch(oneClass), epoch(oneClass, flat), epoch(oneClass, flat)].map(next);
    expect(heard).toEqual([[], [], [], [oneClass], [flat]]);
  });
});

describe('warningLine', () => {
  it("names what to try by the command line's options", () => {
    expect(warningLine(oneClass, presets.torchvision.recipe)).toBe(
      'Every one of the 2,000 test pictures is called cat: the network tells nothing apart. Try --optimizer adam, a lower --lr, such as 0.003, --batch-size 16, more --epochs, or more pictures.',
    );
    expect(warningLine(flat, presets.xavier.recipe)).toBe(
      'After 4 epochs the loss is 1.090, as if by guessing (1.099): the network has learned nothing yet. Try a lower --lr, such as 0.0003, --batch-size 16, more --epochs, or more pictures.',
    );
  });
});

describe('withAdvice', () => {
  it('adds the option that helps to a divergence, and nothing to other errors', () => {
    const diverged = new ZooError('not-finite', 'train: the loss is NaN.');
    expect(withAdvice(diverged, runFolder('runs/none'), presets.torchvision.recipe)).toMatchObject({
      code: 'not-finite',
      message: 'train: the loss is NaN. Start again with --lr 0.001.',
    });
    const other = new ZooError('disk', 'full');
    expect(withAdvice(other, runFolder('runs/none'), presets.torchvision.recipe)).toBe(other);
  });
});
