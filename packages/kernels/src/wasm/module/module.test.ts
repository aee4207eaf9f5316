import { readFile } from 'node:fs/promises';
import { ofKind } from '@zoo/testing/complete';
import { describe, expect, it } from 'vitest';
import { compile, variants } from '../../../scripts/compile-wasm.mjs';
import { dispatchSource } from '../../../scripts/dispatch.mjs';
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

const written = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

describe('the embedded modules', () => {
  it('are the four that are built', () => expect([...variants].sort()).toEqual(Object.keys(embedded).sort()));

  it.each(ofKind(variants, (one) => one === 'relaxed-shared'))(
    '%s is what its sources compile to: else npm run build:wasm -w @zoo/kernels',
    async (variant) => {
      const { bytes, boundary } = await compile(variant);
      expect(Buffer.from(bytes).toString('base64') === embedded[variant]).toBe(true);
      expect(boundary).toBe(await written('generated/boundary.ts'));
    },
  );

  it('run the items that their sources have: else npm run build:wasm -w @zoo/kernels', async () =>
    expect(await dispatchSource()).toBe(await written('../../../assembly/generated/dispatch.ts')));

  it('take no arguments of a job that are larger than their place', async () => {
    const entry = 'assembly/testing/large-job.ts';
    await expect(compile('simd128', { entry })).rejects.toThrow(
      'The arguments of a job take more than jobBytes. Hand in an address of scratch for the rest.',
    );
  });
});
