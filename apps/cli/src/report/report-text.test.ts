import { describe, expect, it } from 'vitest';
import { chosenGuesses } from './classified-example.ts';
import { commandMarkup } from './markup.ts';
import { pageStyle } from './page-style.ts';
import { bestAndWorst } from './plain-summary.ts';

describe('a report in words', () => {
  it('names the best and the worst class, unless all are alike', () => {
    const classes = ['cat', 'dog'];
    const [two, one] = [
      [2, 0],
      [1, 1],
    ];
    expect(bestAndWorst([two, one], classes)).toEqual([
      'It does best on cat (100.0 %) and worst on dog (50.0 %), which it takes for cat most often.',
    ]);
    expect(bestAndWorst([two, [0, 2]], classes)).toEqual([]);
    expect(bestAndWorst([two], ['cat'])).toEqual([]);
  });
});

describe('pictures of a report', () => {
  const guess = (index: number) => ({ index, label: 0, predicted: 0, probability: 1 });
  const guesses = (count: number) => Array.from({ length: count }, (_, index) => guess(index));

  it('are shown once where there are few', () => {
    const few = guesses(6);
    const shown = chosenGuesses({ mistakes: [], uncertain: few, confident: few.toReversed() });
    expect(shown).toEqual({ mistakes: [], uncertain: few.slice(0, 5), confident: [] });
  });

  it('are the first ones of each kind where there are many', () => {
    const many = guesses(20);
    const shown = chosenGuesses({ mistakes: many, uncertain: many, confident: many.toReversed() });
    expect(shown.mistakes).toHaveLength(10);
    expect(shown.uncertain).toEqual(many.slice(0, 5));
    expect(shown.confident).toEqual(many.slice(-5).reverse());
  });
});

describe('a command to copy', () => {
  it('is the same text, with options that do not break', () => {
    const typed = "zoo train a/b --data 'my --pictures' --keep-best -o x-y\nzoo eval --top 3";
    const markup = commandMarkup(typed);
    expect(markup).toContain('<span class="option">--keep-best</span>');
    expect(markup).toContain('<span class="option">-o</span> x-y\nzoo eval <span class="option">--top</span>');
    expect(markup.replace(/<[^>]+>/g, '').replaceAll('&#39;', "'")).toBe(typed);
    expect(pageStyle).toContain('.option { white-space: nowrap; }');
  });

  it.each(['.recipe', 'footer', '.best'])('and %s break inside a long path', (name) => {
    const rule = new RegExp(`^[^\\n{]*${name.replace('.', '\\.')} \\{[^}]*overflow-wrap: anywhere`, 'm');
    expect(pageStyle).toMatch(rule);
  });
});
