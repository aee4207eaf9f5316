import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../scripts/compile-wasm.mjs';
import { base64 } from './generated.ts';
import { plainPasses } from './plain-passes.ts';
import { simdPasses } from './simd-passes.ts';
import { mirrored, windows } from './windows.ts';

const { integer } = random(3);

/** A part of a noisy picture at another size. */
function resizing(height: number, width: number, toHeight: number, toWidth: number) {
  const pixels = Uint8Array.from({ length: height * width * 3 }, () => integer(256));
  const part = (to: number) => {
    const count = 1 + integer(to);
    return { to, first: integer(to - count + 1), count };
  };
  const rows = windows(height, part(toHeight));
  const last = rows.starts.length - 1;
  return {
    image: { pixels, height, width, channels: 3 },
    columns: windows(width, part(toWidth)),
    rows,
    firstRow: rows.starts[0] ?? 0,
    endRow: (rows.starts[last] ?? 0) + (rows.counts[last] ?? 0),
  };
}

describe('resizing by SIMD', () => {
  it('gives the bits that it gives without, for parts of pictures of any size', () => {
    for (let round = 0; round < 60; round++) {
      const one = resizing(1 + integer(90), 1 + integer(90), 1 + integer(60), 1 + integer(60));
      const fast = simdPasses(one);
      expect(fast).toBeDefined();
      expect(fast).toEqual(plainPasses(one));
    }
  });

  it('gives the bits that it gives without, mirrored and normalized, to RGB and to BGR', () => {
    const numbers = { scales: [0.0171, 0.0175, 0.0174], offsets: [2.1179, -2.0357, 1.8044] };
    for (let round = 0; round < 30; round++) {
      const one = resizing(1 + integer(60), 1 + integer(60), 1 + integer(40), 1 + integer(40));
      for (const reverse of [false, true]) {
        const how = { ...one, columns: mirrored(one.columns), linear: { ...numbers, reverse } };
        const fast = simdPasses(how);
        expect(fast).toBeDefined();
        expect(fast).toEqual(plainPasses(how));
      }
    }
  });

  it('takes a picture in strips, of rows that are longer than a strip too', () => {
    for (const one of [resizing(900, 700, 40, 30), resizing(3, 100_000, 2, 50)])
      expect(simdPasses(one)).toEqual(plainPasses(one));
  });

  it('leaves greys, floats and what would keep much memory to the other way', () => {
    const one = resizing(8, 8, 4, 4);
    const grey = { ...one, image: { ...one.image, channels: 1 } };
    expect(simdPasses(grey)).toBeUndefined();
    expect(simdPasses({ ...one, image: { ...one.image, pixels: new Float32Array(192) } })).toBeUndefined();
    expect(simdPasses({ ...one, firstRow: 0, endRow: 40_000_000 })).toBeUndefined();
  });

  it('is what its sources compile to: else npm run build:wasm -w @zoo/loaders', async () =>
    expect(Buffer.from(await compile('resize')).toString('base64')).toBe(base64));
});
