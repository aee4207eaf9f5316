import type { StepEvent } from '@zoo/trainers';
import { describe, expect, it } from 'vitest';
import type { Stretch } from '../run/run-record.ts';
import { stretches, trainingTime } from './stretches.ts';

interface Shape {
  batchSize: number;
  pictures: number;
}

/** Steps from one to another, counted from 1 over all epochs, at ten pictures a second. */
function steps({ batchSize, pictures }: Shape, first: number, last: number): StepEvent[] {
  const stepsPerEpoch = Math.ceil(pictures / batchSize);
  return Array.from({ length: last - first + 1 }, (_, index): StepEvent => {
    const number = first + index - 1;
    return {
      type: 'step',
      epoch: Math.floor(number / stepsPerEpoch) + 1,
      step: (number % stepsPerEpoch) + 1,
      stepsPerEpoch,
      loss: 1 / (number + 1),
      accuracy: 0.1 + 0.8 * Math.abs(Math.sin(number)),
      learningRate: 0.01,
      imagesPerSecond: 10,
    };
  });
}

function after(shape: Shape, events: readonly StepEvent[], former: readonly Stretch[] = []): Stretch[] {
  const collected = stretches(former, shape);
  for (const event of events) collected.add(event);
  return collected.list();
}

describe('stretches', () => {
  const shape = { batchSize: 10, pictures: 1600 };

  it('are forty an epoch, each with the means of its steps', () => {
    const all = after(shape, steps(shape, 1, 160));
    expect(all.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, index) => (index + 1) / 40));
    expect(all[1]?.loss).toBeCloseTo((1 / 5 + 1 / 6 + 1 / 7 + 1 / 8) / 4, 12);
    expect(all[1]).toMatchObject({ examples: 40, learningRate: 0.01, seconds: expect.closeTo(4, 9) });
  });

  it('are as many as there are steps where those are few, and weigh a short last batch by its pictures', () => {
    const short = { batchSize: 4, pictures: 10 };
    expect(after(short, steps(short, 1, 6)).map(({ examples }) => examples)).toEqual([4, 4, 2, 4, 4, 2]);
  });

  it('cover an epoch evenly where its steps do not divide by forty', () => {
    const odd = { batchSize: 10, pictures: 970 };
    const all = after(odd, steps(odd, 1, 97));
    expect(all).toHaveLength(40);
    expect(new Set(all.map(({ examples }) => examples))).toEqual(new Set([20, 30]));
    expect(all.reduce((sum, { examples }) => sum + examples, 0)).toBe(970);
  });

  it('never are more than 400, lose nothing when they become coarser, and stay of one length', () => {
    const all = after(shape, steps(shape, 1, 160 * 25));
    expect(all).toHaveLength((25 * 40) / 4);
    expect(new Set(all.map(({ examples }) => examples))).toEqual(new Set([160]));
    expect(trainingTime(all)).toEqual({
      seconds: expect.closeTo(25 * 160, 6),
      imagesPerSecond: expect.closeTo(10, 9),
    });
    const mean = all.reduce((sum, { loss }) => sum + loss, 0) / all.length;
    const events = steps(shape, 1, 160 * 25);
    expect(mean).toBeCloseTo(events.reduce((sum, { loss }) => sum + loss, 0) / events.length, 12);
  });

  it.each([30, 32, 1601, 3333])('are the same after a pause at step %i', (pause) => {
    const untimed = (all: Stretch[]) => all.map(({ seconds: _, ...rest }) => rest);
    const former = after(shape, steps(shape, 1, pause));
    const resumed = after(shape, steps(shape, pause + 1, 4000), former);
    expect(untimed(resumed)).toEqual(untimed(after(shape, steps(shape, 1, 4000))));
    expect(trainingTime(resumed).seconds).toBeCloseTo(4000, 6);
  });

  it('replace those that are done again after a checkpoint of before', () => {
    const former = after(shape, steps(shape, 1, 250));
    const again = after(shape, steps(shape, 161, 330), former);
    expect(again.map(({ examples }) => examples)).toEqual(
      after(shape, steps(shape, 1, 330)).map(({ examples }) => examples),
    );
    expect(after(shape, steps(shape, 1, 8), former)).toHaveLength(2);
  });
});
