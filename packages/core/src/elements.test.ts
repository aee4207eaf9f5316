import { expect, it } from 'vitest';
import { elements } from './elements.ts';

it.each([
  [[], 1],
  [[7], 7],
  [[2, 3, 4], 24],
  [[2, 0, 4], 0],
])('a shape %j has %d elements', (shape, count) => expect(elements(shape)).toBe(count));
