import * as built from '@zoo/kernels';
import { expect, it } from 'vitest';
import { groupedConv2d } from '../../packages/kernels/src/grouped-conv2d.ts';
import { pooledSize } from '../../packages/kernels/src/index.ts';
import { importedValues } from './built-packages.ts';

it('gives suites what was built', () => {
  expect(import.meta.resolve('@zoo/kernels')).toMatch(/dist\/index\.js$/);
  expect(groupedConv2d).toBe(built.groupedConv2d);
  expect(pooledSize).toBe(built.pooledSize);
});

it('knows what a module imports by name', () => {
  const code =
    'import { a, type T, b as c } from "./one"; import { d } from "./two"; import * as e from "./three"; import "./one";';
  expect(importedValues(code, './two')).toEqual(['d']);
  expect(importedValues(code, './three')).toBeUndefined();
  expect(importedValues(code.replace('import "./one";', ''), './one')).toEqual(['a', 'b']);
});
