import { expect, it } from 'vitest';
import { jsonCost } from './json-cost.ts';

it('counts values and depth without parsing', () => {
  expect(jsonCost('7')).toEqual({ values: 1, depth: 0 });
  expect(jsonCost('[]')).toEqual({ values: 2, depth: 1 });
  expect(jsonCost('{"a": [1, 2, {"b": null}]}')).toEqual({ values: 8, depth: 3 });
  expect(jsonCost('['.repeat(1e6))).toEqual({ values: 1e6 + 1, depth: 1e6 });
});

it('passes over what stands in strings', () => {
  expect(jsonCost('["[{,:", "\\"[[", "\\\\"]')).toEqual({ values: 4, depth: 1 });
  expect(jsonCost('"[[[')).toEqual({ values: 1, depth: 0 });
  expect(jsonCost('"\\')).toEqual({ values: 1, depth: 0 });
});
