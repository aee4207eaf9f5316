import { describe, expect, it } from 'vitest';
import type { EpochRecord, Stretch } from '../run/run-record.ts';
import { classResults } from './class-results.ts';
import { classTable } from './class-table.ts';
import { confusionMatrix } from './confusion.ts';
import { curves } from './curves.ts';
import { gallery } from './gallery.ts';
import { element, escaped } from './markup.ts';
import { matrixFigure } from './matrix-figure.ts';
import { pageStyle } from './page-style.ts';

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

const stretch = (at: number, loss: number, accuracy: number, examples = 100): Stretch => ({
  epoch: at,
  loss,
  accuracy,
  learningRate: 0.001,
  examples,
  seconds: 2,
});

/** Points of the lines or dots of this class, panel by panel. */
const dots = (drawn: string, kind: string) =>
  [...drawn.matchAll(new RegExp(`${kind}-dot" cx="([\\d.]+)" cy="([\\d.]+)"`, 'g'))].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));

describe('curves', () => {
  const half = [stretch(0.5, 2.2, 0.2), stretch(1, 1.9, 0.3)];

  it('label both lines of both panels with their last values, and rate and speed below', () => {
    const drawn = curves({ epochs: [epoch(1, 2, 0.25)], steps: half }, { loss: 2, top1: 0.25 }) ?? '';
    for (const text of ['2.000', '1.900', '25.0 %', '30.0 %', '0.001', '50'])
      expect(drawn).toContain(`>${text}</text>`);
    expect(drawn.match(/<path class="training"/g)).toHaveLength(2);
  });

  it('draw a test after each epoch, and put lower losses lower', () => {
    const steps = [...half, stretch(1.5, 1.7, 0.4), stretch(2, 1.6, 0.45)];
    const epochs = [epoch(1, 2, 0.25), epoch(2, 1.5, 0.5)];
    const drawn = curves({ epochs, steps }, { loss: 1.5, top1: 0.5 }) ?? '';
    const [first, second, third, fourth] = dots(drawn, 'test');
    expect(dots(drawn, 'test')).toHaveLength(4);
    expect(second?.y).toBeGreaterThan(first?.y ?? Number.NaN);
    expect(fourth?.y).toBeLessThan(third?.y ?? Number.NaN);
    expect(second?.x).toBe(dots(drawn, 'training')[0]?.x);
  });

  it('show the last test of a training that ended inside an epoch, even the first', () => {
    const steps = [stretch(0.1, 2.3, 0.1), stretch(0.2, 2.2, 0.2)];
    const drawn = curves({ epochs: [], steps }, { loss: 2.1, top1: 0.21 }) ?? '';
    expect(dots(drawn, 'test')).toHaveLength(2);
    expect(drawn).toContain('After 0.2 epochs: test loss 2.100');
  });

  it('draw a last stretch that was cut short as one with its neighbour', () => {
    const drawn = curves({ epochs: [], steps: [...half, stretch(1.1, 4, 0, 10)] }, { loss: 2, top1: 0.2 }) ?? '';
    expect(drawn).toContain(`>${((100 * 1.9 + 10 * 4) / 110).toFixed(3)}</text>`);
  });

  it('keep labels of lines that meet apart, also at the top', () => {
    for (const accuracy of [0.5, 0.3]) {
      const steps = [stretch(0.5, 2, accuracy), stretch(1, 2, accuracy)];
      const drawn = curves({ epochs: [], steps }, { loss: 2, top1: accuracy }) ?? '';
      const heights = [...drawn.matchAll(/(?:test|training)-label" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) =>
        Number(y),
      );
      expect(heights).toHaveLength(8);
      const [trainingName = 0, trainingValue = 0, testName = 0] = heights.slice(4);
      expect(testName > trainingName ? testName - trainingValue : trainingName - (heights[7] ?? 0)).toBeGreaterThan(12);
    }
  });

  it('stand below each other for a narrow screen', () => {
    const drawn = curves({ epochs: [], steps: half }, { loss: 2, top1: 0.2 }, 'narrow') ?? '';
    expect(drawn).toContain('viewBox="0 0 360 900"');
    expect(curves({ epochs: [], steps: half }, { loss: 2, top1: 0.2 })).toContain('viewBox="0 0 1008 450"');
  });

  it('are nothing where steps make no line', () => {
    expect(curves({ epochs: [], steps: [] }, { loss: 2, top1: 0.1 })).toBeUndefined();
    expect(curves({ epochs: [], steps: [stretch(0.1, 2, 0.1)] }, { loss: 2, top1: 0.1 })).toBeUndefined();
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

describe('matrixFigure', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `automobil${index}`);
  const figure = (count: number) =>
    matrixFigure(
      names(count).map(() => names(count).map(() => 100)),
      names(count),
    );
  const widths = (count: number) =>
    [...figure(count).matchAll(/<svg [^>]*? width="(\d+)"/g)].map(([, width]) => Number(width));

  it('has letters of the same size on a phone, where ten classes fit', () => {
    const [wide = 0, narrow = 0] = widths(10);
    expect(wide).toBeGreaterThan(500);
    expect(narrow).toBeLessThanOrEqual(368);
    expect(figure(10)).toContain('<figure class="phone wide matrix" tabindex="0" role="region"');
    expect(pageStyle).toMatch(/@media \(max-width: 560px\) .*\.matrix svg \{ max-width: none; \}/);
  });

  it('is scaled down where there are no names to read', () => {
    expect(widths(61)).toHaveLength(1);
    expect(figure(61)).toMatch(/^<figure><svg/);
  });
});

describe('classTable', () => {
  it('is folded up where it would be many screens long', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`);
    const table = (count: number) =>
      classTable(
        names(count).map(() => names(count).map(() => 1)),
        names(count),
      );
    expect(table(60)).toMatch(/^<div class="wide"><table>/);
    expect(table(61)).toMatch(/^<details><summary>all 61 classes<\/summary><div class="wide"><table>/);
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
      { ...example, predictions: [{ label: 'cat', probability: 0.9 }] },
      { ...example, predictions: [{ label: 'dog', probability: 0.8 }] },
    ]);
    expect(shown).toContain('<figure class="example right">');
    expect(shown).toContain('✓ right');
    expect(shown).toContain('<figure class="example wrong">');
    expect(shown).toContain('✗ taken for dog');
    expect(shown).not.toContain('class="file"');
    const named = gallery([{ ...example, file: 'cat/<1>.png', predictions: [{ label: 'dog', probability: 1 }] }]);
    expect(named).toContain('<span class="file" title="cat/&lt;1&gt;.png"><bdi>cat/&lt;1&gt;.png</bdi></span>');
  });
});
