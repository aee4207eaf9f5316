import { recipes } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { jsonLines, zoo } from '../testing/zoo.ts';

describe('zoo recipes', () => {
  it('lists every recipe, for people and for programs', async () => {
    const [forPeople, forPrograms] = await Promise.all([zoo('recipes'), zoo('recipes', '--json')]);
    expect(forPeople).toMatchObject({ code: 0, err: '' });
    expect(forPeople.out).toMatch(/^cifar10-full +alexnet\/cifar10-full +140 {2}Caffe's/m);
    const rows = jsonLines(forPrograms.out);
    expect(rows.map((row) => JSON.parse(JSON.stringify(row)).recipe)).toEqual(Object.keys(recipes));
    expect(rows).toContainEqual({
      recipe: 'cifar10-quick',
      preset: 'alexnet/cifar10-quick',
      title: recipes['cifar10-quick'].title,
      ...recipes['cifar10-quick'].recipe,
    });
  });

  it('shows one whole, and finds the nearest name', async () => {
    const [one, unknown] = await Promise.all([zoo('recipes', 'paper'), zoo('recipes', 'papper')]);
    expect(one.out).toMatch(/^preset +alexnet\/paper$/m);
    expect(one.out).toMatch(/^training +90 epochs in batches of 128$/m);
    expect(one.out).not.toMatch(/^seed/m);
    expect((await zoo('recipes', 'seed-004')).out).toMatch(/^seed +1, with which it is known to learn$/m);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('papper: there is no such recipe; did you mean paper? Known: paper, caffenet,');
  });
});

describe('zoo train --recipe', () => {
  it('refuses a name that is none, before anything is fetched', async () => {
    const { code, err } = await zoo('train', '--recipe', 'cifar10-ful', '--data', 'cifar10');
    expect(code).toBe(2);
    expect(err).toContain('cifar10-ful: there is no such recipe; did you mean cifar10-full?');
  });
});
