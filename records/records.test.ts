import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { cifar10Weights } from '@zoo/cifar10-weights';
import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { allPresets, allRecipes, presetName } from '../apps/cli/src/families.ts';
import type { RunRecord } from '../apps/cli/src/run/run-record.ts';
import { publicRecord } from './public-record.ts';
import { publicRun, readRecords, recordsFolder } from './read-records.ts';

const runs = await readRecords();

describe.each(runs)('$file', ({ file, record, recipe, result }) => {
  it('is of a preset and of a recipe of the zoo, from its first epoch to its last', () => {
    expect(allPresets.map(presetName)).toContain(record.preset);
    expect(allRecipes.map(({ name }) => name)).toContain(recipe.name);
    expect(record.epochs.map(({ epoch }) => epoch)).toEqual(record.epochs.map((_, index) => index + 1));
    expect(result.examples).toBe(record.data.test);
    expect(result.top1).toBeGreaterThan(1 / record.data.classes.length);
  });

  it('has nothing of the machine that made it but what it is', async () => {
    expect(record).not.toHaveProperty('process');
    expect(record).toEqual(publicRecord(record, file));
    const text = await readFile(recordsFolder + file, 'utf8');
    // Absolute paths, home folders, addresses of mail, names of hosts, releases of kernels.
    expect(
      text.match(/"(?:[^"]* )?(?:\/|~\/|[A-Z]:\\)[^"]*"|[\w.]+@[\w.]+|--out|\b\d+\.\d+\.\d+-[\w.-]+/)?.[0],
    ).toBeUndefined();
    expect(text).not.toContain(`"${os.hostname()}"`);
  });
});

describe('a card', () => {
  it.each(Object.entries(cifar10Weights))('of %s says what the records say', (name, { card }) => {
    const recorded = runs.filter(
      ({ recipe, record }) =>
        recipe.name === card.recipe.name && record.preset === card.preset && record.epochs.length === card.epochs,
    );
    const seeds = recorded.map(({ record, result }) => ({ seed: record.options.seed, top1: result.top1 }));
    expect(card.name).toBe(name);
    expect(card.runs).toEqual(seeds.sort((a, b) => a.seed - b.seed));
    expect(card.seed).toBe(card.runs[0]?.seed);
    const own = recorded.find(({ record }) => record.options.seed === card.seed);
    expect(card.recipe.settings).toEqual(own?.record.options.recipe);
    expect(Math.abs(card.accuracy.top1 - (own?.result.top1 ?? 0))).toBeLessThan(0.001);
  });
});

describe('a record', () => {
  const [first] = runs;
  if (!first) throw new Error('There are no records.');

  const asTrained: RunRecord = {
    ...first.record,
    process: { pid: 4711, host: 'somewhere' },
    machine: { ...first.record.machine, system: 'Linux 6.1.0-secret, x64' },
    commands: [
      ['train', 'alexnet/cifar10-quick', '--out', '/home/somebody/runs/a', '--data', 'cifar10', '--json', '--out=b'],
      ['train', '--resume', '/home/somebody/runs/a'],
    ],
  };

  it('loses process, paths and kernel when it is made public', () => {
    const made = publicRecord(asTrained, 'a');
    expect(made).not.toHaveProperty('process');
    expect(made.machine.system).toBe('Linux, x64');
    expect(made.commands).toEqual([['train', 'alexnet/cifar10-quick', '--data', 'cifar10']]);
  });

  it('is refused where others could not repeat the run', () => {
    expect(() => publicRecord({ ...asTrained, state: 'interrupted' }, 'a')).toThrow(
      'a: is interrupted, expected a finished run. Let zoo train end it first.',
    );
    expect(() =>
      publicRecord({ ...asTrained, data: { ...asTrained.data, given: '/pets', name: 'pets' } }, 'a'),
    ).toThrow('a: was trained on the folder pets, expected one of cifar10,');
    expect(() => publicRecord({ ...asTrained, options: { ...asTrained.options, weights: 'b.pth' } }, 'a')).toThrow(
      'a: began with the weights b.pth, expected random ones',
    );
    expect(() => publicRun({ ...asTrained, options: { ...asTrained.options, recipe: plainRecipe } }, 'a.json')).toThrow(
      'a.json: was trained by none of the recipes of zoo recipes, expected one of them.',
    );
  });
});
