import { describe, expect, it } from 'vitest';
import { activationGrid } from './activation-grid.ts';
import { drawText, textWidth } from './glyphs.ts';

const ground = 32;

describe('the grid of activations', () => {
  it('has a map beside the other, black where the least is and white where the most, as large as a screen lets it', () => {
    const values = Float32Array.of(0, 1, 2, 3, 4, 4, 4, 4, 0, 0, 0, 0);
    const { pixels, height, width, channels } = activationGrid({ shape: [3, 2, 2], values }, 'a');
    expect(channels).toBe(1);
    const at = (y: number, x: number) => pixels[y * width + x];
    // Three in a row: (1920 - 6) / 3 - 6 = 632 pixels for two.
    expect([height, width]).toEqual([46 + 20 + 632 + 6, 3 * 638 + 6]);
    const top = 46 + 20;
    expect([at(top, 6), at(top, 6 + 316), at(top + 316, 6), at(top + 631, 6 + 631)]).toEqual([0, 64, 128, 191]);
    expect([at(top, 6 + 638), at(top, 6 + 2 * 638)]).toEqual([255, 0]);
    expect([at(top, 6 + 632), at(height - 1, 6), at(0, 0)]).toEqual([ground, ground, ground]);
  });

  it.each([
    ['conv1 of the paper', [96, 55, 55]],
    ['conv4 of the paper', [384, 13, 13]],
    ['the first layer of ZFNet', [96, 110, 110]],
    ['a small network', [8, 32, 32]],
    ['a vector', [4096]],
    ['logits', [10]],
  ])('of %s fits a screen, and fills most of it in one direction', (_, shape) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const { height, width } = activationGrid({ shape, values }, 'features.0 (conv1)');
    expect(width).toBeLessThanOrEqual(1920);
    expect(height).toBeLessThanOrEqual(1080);
    expect(Math.max(width / 1920, height / 1080)).toBeGreaterThan(0.8);
  });

  it('bears its title, and the number of each map, in letters of 28 and 14 pixels', () => {
    const { pixels, width } = activationGrid({ shape: [12, 4, 4], values: new Float32Array(192) }, 'pool5');
    const rowsWith = (shade: number) =>
      new Set([...pixels.entries()].flatMap(([place, one]) => (one === shade ? [Math.floor(place / width)] : [])));
    // All values are 0, so what is bright is text.
    expect(rowsWith(255).size).toBe(28);
    expect(rowsWith(200).size % 14).toBe(0);
  });

  it('does not lose pixels of maps that no screen has room for', () => {
    const { height, width } = activationGrid(
      { shape: [100, 227, 227], values: new Float32Array(100 * 227 * 227) },
      'a',
    );
    expect([height, width]).toEqual([46 + 10 * (227 + 20 + 6), 10 * (227 + 6) + 6]);
  });
});

describe('text in pictures', () => {
  it('has the dots of its letters', () => {
    const picture = { width: 11, height: 7, pixels: new Uint8Array(77) };
    drawText(picture, 'I1', { left: 0, top: 0, scale: 1, shade: 1 });
    const rows = Array.from({ length: 7 }, (_, row) => picture.pixels.subarray(row * 11, row * 11 + 11).join(''));
    expect(rows[0]).toBe('00100000100');
    expect(rows[6]).toBe('01110001110');
    expect(textWidth('I1', 1)).toBe(11);
  });

  it('shows a letter that it has not as a box, and stays within the picture', () => {
    const picture = { width: 5, height: 7, pixels: new Uint8Array(35) };
    drawText(picture, 'é漢', { left: 0, top: 0, scale: 1, shade: 9 });
    expect(picture.pixels.subarray(0, 5).join('')).toBe('99999');
  });
});
