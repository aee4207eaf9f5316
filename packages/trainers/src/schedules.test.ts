import { describe, expect, it } from 'vitest';
import { constant, cosine, oneCycle, plateau, polynomial, scheduleFactor, stepDecay, withWarmup } from './schedules.ts';

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

  it('plateau goes by thresholds, rests after a reduction, and keeps a least factor', () => {
    const factor = (options: Parameters<typeof plateau>[0], ...losses: number[]) =>
      scheduleFactor(plateau({ patience: 0, factor: 0.5, ...options }), at({ losses }));
    expect(factor({}, 3, 2.9)).toBe(1);
    expect(factor({ threshold: 0.1 }, 3, 2.9)).toBe(0.5);
    expect(factor({}, 3, 3, 3, 3)).toBe(0.125);
    expect(factor({ cooldown: 1 }, 3, 3, 3, 3)).toBe(0.25);
    expect(factor({ least: 0.3 }, 3, 3, 3, 3)).toBe(0.3);
  });

  it('one cycle rises to the rate, then falls to almost nothing', () => {
    const schedule = oneCycle({ rise: 0.3 });
    expect(scheduleFactor(schedule, at({ steps: 0 }))).toBeCloseTo(1 / 25);
    expect(scheduleFactor(schedule, at({ steps: 29 }))).toBeCloseTo(1);
    expect(scheduleFactor(schedule, at({ steps: 99 }))).toBeCloseTo(4e-6);
    expect(scheduleFactor(oneCycle({ rise: 0 }), at({ steps: 0 }))).toBeCloseTo(1, 2);
    expect(scheduleFactor(oneCycle({ rise: 1 }), at({ steps: 99 }))).toBeCloseTo(1);
  });

  it('one cycle has a top where it rises for no step, one or all', () => {
    const factors = (rise: number) =>
      [0, 1, 2, 3].map((steps) => scheduleFactor(oneCycle({ rise, from: 0.5, to: 0 }), at({ steps, totalSteps: 4 })));
    for (const [index, factor] of [1, 0.75, 0.25, 0].entries()) expect(factors(0.25)[index]).toBeCloseTo(factor);
    for (const rise of [0, 0.25, 0.5, 1]) for (const factor of factors(rise)) expect(factor).toBeGreaterThanOrEqual(0);
    expect(factors(1)[3]).toBe(1);
  });

  it('may be a warm-up throughout', () => {
    for (const schedule of [constant(), cosine(), oneCycle(), polynomial()])
      for (const steps of [0, 99])
        expect(scheduleFactor(withWarmup(schedule, 1), at({ steps }))).toBeLessThanOrEqual(1);
  });

  it('polynomial falls to nothing', () => {
    expect(scheduleFactor(polynomial({ power: 2 }), at({ steps: 50 }))).toBeCloseTo(0.25);
    expect(scheduleFactor(polynomial(), at({ steps: 100 }))).toBe(0);
  });

  it.each([constant(), stepDecay({ after: [5] }), plateau(), cosine(), oneCycle(), polynomial({ power: 0.5 })])(
    'warms up to the start of %j',
    (schedule) => {
      const warm = withWarmup(schedule, 0.2);
      const first = scheduleFactor(schedule, at({ totalSteps: 80 }));
      expect(scheduleFactor(warm, at({ steps: 0 }))).toBeCloseTo(first / 20);
      expect(scheduleFactor(warm, at({ steps: 19 }))).toBeCloseTo(first);
      for (const steps of [20, 47, 99])
        expect(scheduleFactor(warm, at({ steps }))).toBeCloseTo(
          scheduleFactor(schedule, at({ steps: steps - 20, totalSteps: 80 })),
        );
    },
  );

  it('cosine rises over its warm-up, and ends at nothing', () => {
    const schedule = cosine({ warmup: 0.1 });
    expect(scheduleFactor(schedule, at({ steps: 0 }))).toBeCloseTo(0.1);
    expect(scheduleFactor(schedule, at({ steps: 9 }))).toBeCloseTo(1);
    expect(scheduleFactor(schedule, at({ steps: 55 }))).toBeCloseTo(0.5);
    expect(scheduleFactor(schedule, at({ steps: 100 }))).toBeCloseTo(0);
    expect(scheduleFactor(cosine(), at({ steps: 0 }))).toBe(1);
  });
});
