import { describe, expect, it } from 'vitest';
import { boundedLines, printable, printableName } from './printable.ts';
import { ZooError } from './zoo-error.ts';

describe('printable', () => {
  it.each([
    ['a\u001b]0;title\u0007b', 'a\\u001b]0;title\\u0007b'],
    ['\u009b31mred', '\\u009b31mred'],
    ['over\rwritten\u0008', 'over\\u000dwritten\\u0008'],
    ['exe\u202egnp.cat', 'exe\\u202egnp.cat'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['Füße, 猫, قطة, 🐈', 'Füße, 猫, قطة, 🐈'],
  ])('shows %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves JSON what it is', () => {
    const value = { label: 'a\u009bb\u202e' };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });

  it('keeps a name on its line', () => {
    expect(printableName('cat\nzoo: all is well\t')).toBe('cat\\u000azoo: all is well\\u0009');
  });
});

describe('messages of errors', () => {
  it('obey nobody', () => {
    expect(new ZooError('weights', 'tensor \u001b[2J: is missing').message).toBe('tensor \\u001b[2J: is missing');
  });

  it('have lines of a bounded length', () => {
    const { message } = new ZooError('weights', `first\n${'net.'.repeat(100_000)}: is missing`);
    expect(message.length).toBeLessThan(1100);
    expect(message).toMatch(/^first\nnet\.net\..* \[\.\.\.\] .*net\.: is missing$/);
    expect(boundedLines('short')).toBe('short');
  });
});
