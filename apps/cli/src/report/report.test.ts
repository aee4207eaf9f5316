import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../run/run-record.ts';
import { classResults } from './class-results.ts';
import { confusionMatrix } from './confusion.ts';
import { curves } from './curves.ts';
import { gallery } from './gallery.ts';
import { element, escaped } from './markup.ts';

const epoch = (number: number, loss: number, top1: number): EpochRecord => ({
  epoch: number,
  loss: loss + 0.1,
  accuracy: top1 - 0.05,
  learningRate: 0.001,
  seconds: 10,
  imagesPerSecond: 500,
  validation: { loss, top1, top5: 0.9, examples: 100 },
});

describe('markup', () => {
  it('cannot be broken out of by names', () => {
    expect(escaped('<b>"a" & \'b\'</b>')).toBe('&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;');
    expect(element('a', { title: '"><script>', x: 1.23456, y: undefined }, 'b')).toBe(
      '<a title="&quot;&gt;&lt;script&gt;" x="1.23">b</a>',
    );
  });
});

describe('curves', () => {
  it('label both lines of both panels with their last values', () => {
    const drawn = curves([epoch(1, 2, 0.25), epoch(2, 1.5, 0.5)]) ?? '';
    for (const text of ['1.500', '1.600', '50.0 %', '45.0 %']) expect(drawn).toContain(`>${text}</text>`);
    expect(drawn.match(/<path class="test"/g)).toHaveLength(2);
  });

  it('put lower losses lower, and draw a single epoch as points', () => {
    const drawn = curves([epoch(1, 2, 0.25)]) ?? '';
    expect(drawn).not.toContain('<path');
    const [training, test] = [...drawn.matchAll(/-dot" cx="[\d.]+" cy="([\d.]+)"/g)].map(([, height]) =>
      Number(height),
    );
    expect(test).toBeGreaterThan(training ?? Number.NaN);
  });

  it('keep labels of lines that meet apart', () => {
    const drawn = curves([{ ...epoch(1, 2, 0.5), loss: 2, accuracy: 0.5 }]) ?? '';
    const heights = [...drawn.matchAll(/-label" x="[\d.]+" y="([\d.]+)"/g)].map(([, height]) => Number(height));
    const [trainingValue, testName] = [heights[1] ?? 0, heights[2] ?? 0];
    expect(Math.abs(testName - trainingValue)).toBeGreaterThan(12);
  });

  it('are nothing before the first epoch', () => {
    expect(curves([])).toBeUndefined();
  });
});

describe('confusionMatrix', () => {
  it('counts in every cell, and says in words what it means', () => {
    const drawn = confusionMatrix(
      [
        [9, 1],
        [0, 1234],
      ],
      ['cat', 'a <b> dog'],
    );
    expect(drawn).toContain('1 of 10 pictures of cat taken for a &lt;b&gt; dog (10.0 %)');
    expect(drawn).toContain('>1,234</text>');
    expect(drawn.match(/<rect class="cell"/g)).toHaveLength(4);
  });

  it('stays small for a thousand classes', () => {
    const number = 1000;
    const confusion = Array.from({ length: number }, (_, i) =>
      Array.from({ length: number }, (_, j) => (i === j || (i * 7 + j) % 97 === 0 ? 3 : 0)),
    );
    const drawn = confusionMatrix(
      confusion,
      confusion.map((_, i) => `class ${i}`),
    );
    expect(drawn.length).toBeLessThan(600_000);
    expect(drawn).not.toContain('>class 7<');
  });
});

describe('classResults', () => {
  it('says how often a class is named, and what it is mistaken for', () => {
    expect(
      classResults(
        [
          [3, 1, 0],
          [0, 2, 0],
          [0, 0, 0],
        ],
        ['a', 'b', 'c'],
      ),
    ).toEqual([
      { name: 'a', right: 3, total: 4, share: 0.75, mistakenFor: { name: 'b', count: 1 } },
      { name: 'b', right: 2, total: 2, share: 1 },
      { name: 'c', right: 0, total: 0, share: 0 },
    ]);
  });
});

describe('gallery', () => {
  it('tells right from wrong by sign, words and border', () => {
    const example = { name: 'cat-1.png', label: 'cat', png: Uint8Array.of(1), width: 32, height: 32 };
    const shown = gallery([
      { ...example, guesses: [{ label: 'cat', probability: 0.9 }] },
      { ...example, guesses: [{ label: 'dog', probability: 0.8 }] },
    ]);
    expect(shown).toContain('<figure class="example right">');
    expect(shown).toContain('✓ right');
    expect(shown).toContain('<figure class="example wrong">');
    expect(shown).toContain('✗ taken for dog');
  });
});
