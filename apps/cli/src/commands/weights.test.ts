import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cifar10Weights } from '@zoo/cifar10-weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { families } from '../families.ts';
import { writePicture } from '../testing/pictures.ts';
import { fieldsOf, jsonLines, zoo } from '../testing/zoo.ts';
import { accuracyText, bySeed } from './weights.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-weights-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('says what each seed reached', () => {
  const runs = [
    { seed: 0, top1: 0.759 },
    { seed: 1, top1: 0.7662 },
  ];
  expect(bySeed(runs)).toBe('0: 75.9 %, 1: 76.6 %');
  expect(accuracyText(0.759, runs)).toBe('75.9 %; 2 seeds: 75.9 % to 76.6 %, 76.3 % on average');
  expect(accuracyText(0.759, runs.slice(0, 1))).toBe('75.9 %, one seed');
});

describe('zoo weights', () => {
  it('lists all that are known by name, for people and for programs', async () => {
    const [forPeople, forPrograms] = [await zoo('weights'), await zoo('weights', '--json')];
    expect(forPeople.out).toMatch(/^cifar10-quick +alexnet\/cifar10-quick +10 +\d+\.\d kB +7\d\.\d % {2}with the zoo/m);
    expect(forPeople.out).toMatch(/^torchvision +alexnet\/torchvision +1,000 +244\.4 MB +56\.5 %/m);
    // In 80 columns the last one stands below the others.
    expect(forPeople.out.trimStart().indexOf('  What they are')).toBeLessThanOrEqual(80);
    const rows = jsonLines(forPrograms.out);
    expect(rows).toHaveLength(families.flatMap(({ knownWeights }) => Object.keys(knownWeights)).length);
    const { card } = cifar10Weights['cifar10-quick'];
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: 'cifar10-quick',
        preset: 'alexnet/cifar10-quick',
        bytes: card.file.bytes,
        cached: true,
        shipped: true,
        top1: card.accuracy.top1,
        licence: card.licence,
        card,
      }),
    );
    for (const row of rows)
      expect(fieldsOf(row)).toEqual(
        expect.arrayContaining(['name', 'preset', 'classes', 'bytes', 'cached', 'top1', 'top5', 'licence', 'source']),
      );
  });

  it('shows the card of one, and finds the nearest name', async () => {
    const { card } = cifar10Weights['cifar10-quick'];
    const [one, published, unknown] = [
      await zoo('weights', 'cifar10-quick'),
      await zoo('weights', 'torchvision'),
      await zoo('weights', 'cifar10-quik'),
    ];
    expect(one.out).toContain(card.file.sha256);
    expect(one.out).toContain(card.command);
    expect(published.out).toMatch(/^from +https:\/\/download\.pytorch\.org/m);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('cifar10-quik: no weights are known by that name; did you mean cifar10-quick?');
  });
});

describe('weights that come with the zoo', () => {
  it('classify without a network, with their classes', async () => {
    const picture = path.join(folder, 'picture.png');
    await writePicture(picture, 'blue', 1, 32);
    const { code, out } = await zoo('classify', 'cifar10-quick', picture, '--top', '10', '--json', '--backend', 'cpu');
    expect(code).toBe(0);
    const labels = [...out.matchAll(/"label":"(\w+)"/g)].map(([, label]) => label);
    expect(labels.sort()).toEqual([...cifar10Weights['cifar10-quick'].labels].sort());
  });

  it('are converted, with the hash of their file', async () => {
    const out = path.join(folder, 'net.npz');
    const { code, out: text } = await zoo('convert', 'cifar10-quick', out, '--json', '--backend', 'cpu');
    expect(code).toBe(0);
    const { sha256, bytes } = cifar10Weights['cifar10-quick'].card.file;
    expect(jsonLines(text)).toEqual([expect.objectContaining({ source: 'cifar10-quick.safetensors', sha256, bytes })]);
  });

  it('are called as their preset, which is asked what they are not', async () => {
    const [same, other] = [
      await zoo('summary', 'cifar10-quick', '--style', 'json'),
      await zoo('summary', 'cifar10-quick', '--classes', '2', '--style', 'json'),
    ];
    expect(jsonLines(same.out)).toEqual([expect.objectContaining({ parameters: 145_578 })]);
    expect(jsonLines(other.out)).toEqual([expect.objectContaining({ parameters: 145_578 - 8 * 65 })]);
  });
});
