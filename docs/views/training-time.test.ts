import { expect, it } from 'vitest';
import { allPresets } from '../families.ts';
import { roughly, trainingTime } from './training-time.ts';

it.each([
  [20_000, 'about a minute'],
  [40 * 60_000, 'about 40 minutes'],
  [2.1 * 3_600_000, 'about 2 hours'],
  [70 * 3_600_000, 'about 3 days'],
])('says of %d ms: %s', (milliseconds, text) => {
  expect(roughly(milliseconds)).toBe(text);
});

it('takes a network that the benchmark has as it was measured, and others by their multiply-adds', () => {
  const time = (name: string) => {
    const spec = allPresets.find(({ preset }) => preset === name);
    return spec ? trainingTime(spec, 'cifar10') : '';
  };
  expect(time('cifar10-quick')).toMatch(/^The 10 epochs of the recipe take about \d+ minutes on two cores/);
  expect(time('paper')).toMatch(/^The 90 epochs of the recipe take about \d+ (hours|days) on two cores/);
});
