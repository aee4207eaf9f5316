import { readFileSync } from 'node:fs';
import { presets } from '@zoo/alexnet';
import {
  adaptiveAvgPool,
  avgPool,
  batchNorm,
  block,
  conv,
  dense,
  dropout,
  flatten,
  lrn,
  type ModelSpec,
  relu,
} from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { summary, torchRepr } from './index.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}.txt`, import.meta.url), 'utf8');

describe.each(Object.entries(presets))('%s', (name, spec) => {
  it("prints as PyTorch's print does", () => {
    expect(`${torchRepr(spec)}\n`).toBe(fixture(`${name}.repr`));
  });

  it("has torchinfo's table", () => {
    expect(`${summary(spec)}\n`).toBe(fixture(`${name}.torchinfo`));
  });
});

describe('a network with what no preset has', () => {
  const nested: ModelSpec = {
    ...presets['cifar10-quick'],
    className: 'NetworkWhoseNameIsLongerThanTheFirstColumnIsWide',
    input: [125, 125, 5],
    classes: 4,
    layers: [
      block('outer', [
        conv(6, 5, { name: 'conv' }),
        block('inner', [
          lrn({ size: 3, alpha: 1e-4, beta: 1, k: 1.5, convention: 'tensorflow' }),
          block('1', [
            block('deepest', [
              conv(12, 3, { stride: 2, padding: 1, groups: 3 }),
              batchNorm({ epsilon: 1e-3, momentum: 0.01 }),
            ]),
            relu({ name: 'relu' }),
            block('empty', []),
          ]),
        ]),
        dropout(0, { name: 'drop' }),
      ]),
      block('pools', [avgPool(2, 1, { padding: 1 }), adaptiveAvgPool(2)]),
      flatten({ name: 'flatten' }),
      dense('classes', { name: 'fc' }),
    ],
  };

  it("prints as PyTorch's print does", () => {
    expect(`${torchRepr(nested)}\n`).toBe(fixture('nested.repr'));
  });

  it("has torchinfo's table for a batch of 2", () => {
    expect(`${summary(nested, { batchSize: 2 })}\n`).toBe(fixture('nested.torchinfo'));
  });
});
