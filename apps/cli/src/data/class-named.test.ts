import { expect, it } from 'vitest';
import { classFinder } from './class-named.ts';

it.each([
  [['cat', 'dog'], 'dog', 'dog'],
  [['cat', 'dog'], 'Dog', 'dog'],
  [['cat', 'dog'], 'dog ', 'dog'],
  [['T-shirt/top', 'Coat'], 't-shirt-top', 'T-shirt/top'],
  [['great_white shark'], 'Great White Shark', 'great_white shark'],
  [['caf\u00e9'], 'CAFE\u0301', 'caf\u00e9'],
  [['Cat', 'cat'], 'cat', 'cat'],
  [['Cat', 'cat'], 'CAT', undefined],
  [['C', 'C#'], 'c++', undefined],
  [['C', 'C++'], 'c++', 'C++'],
  [['?', 'cat'], '!', undefined],
])('of %j, the class of a folder %j is %j', (labels, folder, expected) => {
  expect(labels[classFinder(labels)(folder)]).toBe(expected);
});
