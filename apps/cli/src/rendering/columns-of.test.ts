import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { columnsOf, endOf, padded, shortened, startOf } from './columns-of.ts';
import { predictionRows } from './prediction-rows.ts';
import { progressLine } from './progress-line.ts';
import { table } from './table.ts';

const colours = pc.createColors(false);

describe('columnsOf', () => {
  it.each([
    ['cat', 3],
    ['', 0],
    ['café', 4],
    ['cafe\u0301', 4],
    ['猫', 2],
    ['ねこ and 고양이', 4 + 5 + 6],
    ['ﾈｺ', 2],
    ['Ａ：', 4],
    ['🐈', 2],
    ['👩‍🔬', 2],
    ['🇨🇭', 2],
    ['❤️', 2],
    ['█▌░ ✓ … ×', 9],
    ['кошка', 5],
    ['קאט', 3],
  ])('%s', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('texts in so many columns', () => {
  it('are cut between letters, at the end or at the beginning', () => {
    expect(shortened('猫の写真', 6)).toBe('猫の…');
    expect(shortened('猫の写真', 8)).toBe('猫の写真');
    expect(endOf('photos/猫の写真.jpg', 10)).toBe('…写真.jpg');
    expect(startOf('👩‍🔬👩‍🔬', 3)).toBe('👩‍🔬');
    expect([padded('猫', 4), padded('猫', 4, 'right')]).toEqual(['猫  ', '  猫']);
  });
});

describe('wide letters count two columns', () => {
  it('in tables', () => {
    const rows = [
      ['猫の写真.jpg', '1'],
      ['cat.jpg', '2'],
    ];
    const columns = [
      { title: 'Picture', align: 'left' },
      { title: 'Mean', align: 'right' },
    ] as const;
    const lines = table(columns, rows, { colours, width: 80 }).split('\n');
    expect(new Set(lines.map(columnsOf))).toEqual(new Set([18]));
  });

  it('in progress lines, which never wrap', () => {
    const facts = ['download 猫の写真の大きなフォルダ.zip', '10.0 of 20.0 MB'];
    for (let columns = 10; columns < 100; columns++)
      expect(columnsOf(progressLine(0.5, facts, { columns, plain: false, colours }))).toBeLessThan(columns);
  });

  it('in rows of guesses', () => {
    const options = { hasTruths: false, colours, columns: 120 };
    const row = predictionRows(['猫.png', 'dog.png'], ['猫', 'dog'], options);
    const lines = ['猫', 'dog'].map((label) =>
      row({ image: `${label}.png`, predictions: [{ label, probability: 0 }], actual: undefined }),
    );
    expect(new Set(lines.map(columnsOf)).size).toBe(1);
  });
});
