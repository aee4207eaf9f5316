import { describe, expect, it } from 'vitest';
import { constant, cosine, plateau, scheduleFactor, stepDecay } from './schedules.ts';

const at = (state: Partial<Parameters<typeof scheduleFactor>[1]>) => ({
  epochs: 0,
  steps: 0,
  totalSteps: 100,
  losses: [],
  ...state,
});

describe('schedules', () => {
  it('constant stays', () => {
    expect(scheduleFactor(constant(), at({ epochs: 50 }))).toBe(1);
  });

  it('stepDecay falls after each of its epochs', () => {
    const schedule = stepDecay({ after: [2, 4] });
    expect([0, 1, 2, 3, 4, 9].map((epochs) => scheduleFactor(schedule, at({ epochs })))).toEqual([
      1,
      1,
      0.1,
      0.1,
      0.1 ** 2,
      0.1 ** 2,
    ]);
  });

  it('plateau falls once its patience is over, and counts anew', () => {
    const schedule = plateau({ patience: 1, factor: 0.5 });
    const factor = (...losses: number[]) => scheduleFactor(schedule, at({ epochs: losses.length, losses }));
    expect(factor(3, 2, 1)).toBe(1);
    expect(factor(3, 3)).toBe(1);
    expect(factor(3, 3, 3)).toBe(0.5);
    expect(factor(3, 3, 3, 3)).toBe(0.5);
    expect(factor(3, 3, 3, 3, 3)).toBe(0.25);
    expect(factor(3, 3, 3, 2, 2, 1)).toBe(0.5);
  });

  it('cosine rises over its warm-up, and ends at nothing', () => {
    const schedule = cosine({ warmup: 0.1 });
    expect(scheduleFactor(schedule, at({ steps: 0 }))).toBeCloseTo(0.1);
    expect(scheduleFactor(schedule, at({ steps: 9 }))).toBeCloseTo(1);
    expect(scheduleFactor(schedule, at({ steps: 55 }))).toBeCloseTo(0.5);
    expect(scheduleFactor(schedule, at({ steps: 100 }))).toBeCloseTo(0);
    expect(scheduleFactor(cosine(), at({ steps: 0 }))).toBe(1);
  });
});
