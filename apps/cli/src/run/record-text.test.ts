import { describe, expect, it } from 'vitest';
import { recordText } from './record-text.ts';

describe('recordText', () => {
  it('is JSON, with a line for each field and each list of numbers', () => {
    const record = {
      a: 'x, [\n1]',
      none: undefined,
      empty: [],
      nothing: {},
      deep: [{ b: null, rows: [[1, 2], [0.5]] }],
    };
    expect(recordText(record)).toBe(`{
  "a": "x, [\\n1]",
  "empty": [],
  "nothing": {},
  "deep": [
    {
      "b": null,
      "rows": [
        [1,2],
        [0.5]
      ]
    }
  ]
}`);
    expect(JSON.parse(recordText(record))).toEqual(JSON.parse(JSON.stringify(record)));
  });

  it('takes two bytes for most cells of a large confusion matrix', () => {
    const confusion = Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: 500 }, (_, at) => (at === row ? 1 : 0)),
    );
    expect(recordText({ evaluation: { confusion } }).length).toBeLessThan(2.1 * 500 * 500);
  });
});
