import { inferShapes, isShipped, knownWeightsOf } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { alexnetFamily } from './family.ts';
import { knownWeights } from './known-weights.ts';

describe('known weights', () => {
  it.each(Object.keys(knownWeights))('%s fits its preset, and can be checked when it comes', (name) => {
    const { weights: known, spec } = knownWeightsOf(name, [alexnetFamily]);
    if (isShipped(known)) throw new Error(`${name}: is published by somebody else`);
    expect(spec.preprocessing).toEqual(known.preprocessing);
    expect([60_965_224, 61_100_840]).toContain(inferShapes(spec).parameters);
    expect(known.sha256 ?? known.sha1).toMatch(/^([0-9a-f]{64}|[0-9a-f]{40})$/);
    // The owner puts the beginning of the hash into the name.
    if (known.sha256) expect(known.url).toContain(`-${known.sha256.slice(0, 8)}.`);
    expect(known.labels).toHaveLength(spec.classes);
    expect(known.accuracy.top5).toBeGreaterThan(known.accuracy.top1);
  });

  it('say by their types what their owner publishes', () => {
    const { bytes, sha256 }: { bytes: number; sha256: string } = knownWeights.torchvision;
    const { sha1 }: { sha1: string } = knownWeights['bvlc-alexnet'];
    expect({ bytes, start: sha256.slice(0, 8), length: sha1.length }).toEqual({
      bytes: 244_408_911,
      start: '7be5be79',
      length: 40,
    });
  });

  it("know ImageNet's classes by their numbers", () => {
    const { labels } = knownWeights.torchvision;
    expect(new Set(labels).size).toBe(1000);
    expect([0, 1, 281, 285, 388, 999].map((place) => labels[place])).toEqual([
      'tench',
      'goldfish',
      'tabby',
      'Egyptian cat',
      'giant panda',
      'toilet tissue',
    ]);
    expect(labels.filter((label) => label.trim() !== label || label === '' || /\s\s|\n/.test(label))).toEqual([]);
  });
});
