import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { presets } from '../../alexnet/src/presets.ts';
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
