import { describe, expect, it } from 'vitest';
import { compile, variants } from '../../../scripts/compile-wasm.mjs';
import { base64 as relaxed } from './generated/relaxed.ts';
import { base64 as relaxedShared } from './generated/relaxed-shared.ts';
import { base64 as simd128 } from './generated/simd128.ts';
import { base64 as simd128Shared } from './generated/simd128-shared.ts';

const embedded: Readonly<Record<string, string>> = {
  relaxed,
  'relaxed-shared': relaxedShared,
  simd128,
  'simd128-shared': simd128Shared,
};

describe('the embedded modules', () => {
  it('are the four that are built', () => expect([...variants].sort()).toEqual(Object.keys(embedded).sort()));

  it.each(variants)('%s is what its sources compile to: else npm run build:wasm -w @zoo/kernels', async (variant) => {
    expect(Buffer.from(await compile(variant)).toString('base64') === embedded[variant]).toBe(true);
  });
});
