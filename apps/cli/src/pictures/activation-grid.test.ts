import { describe, expect, it } from 'vitest';
import { activationGrid } from './activation-grid.ts';
import { filterGrid } from './filter-grid.ts';
import { drawText, glyphHeight, textWidth } from './glyphs.ts';
import { leftPictureOf } from './left-picture.ts';

const ground = 32;
/** Two lines of text over the tiles, and a number over each. */
const [head, label] = [9 * 7 + 4 * 6, 9 * 2 + 6];

describe('the grid of activations', () => {
  it('has a map beside the other, black where the least is and white where the most, as large as a screen lets it', () => {
    const values = Float32Array.of(0, 1, 2, 3, 4, 4, 4, 4, 0, 0, 0, 0);
    const { pixels, height, width, channels } = activationGrid({ shape: [3, 2, 2], values }, 'a');
    expect(channels).toBe(3);
    const at = (y: number, x: number) => pixels[(y * width + x) * 3];
    // Three in a row: (1920 - 6) / 3 - 6 = 632 pixels for two.
    expect([height, width]).toEqual([head + label + 632 + 6, 3 * 638 + 6]);
    const top = head + label;
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

  it('bears its title, what the numbers mean, and the number of each map', () => {
    const { pixels, width } = activationGrid({ shape: [12, 4, 4], values: new Float32Array(192) }, 'pool5');
    const rowsWith = (shade: number) =>
      new Set([...pixels.entries()].flatMap(([place, one]) => (one === shade ? [Math.floor(place / 3 / width)] : [])));
    // All values are 0, so what is bright is text: the letter p reaches below the line.
    expect(rowsWith(255).size).toBe(9 * 4);
    // The legend in letters of 27 pixels, the numbers in some of 14.
    expect((rowsWith(200).size - 27) % 14).toBe(0);
  });

  it('has the picture at its left, in colour, and still fits a screen', async () => {
    const picture = { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0, 0, 0, 255) };
    const beside = await leftPictureOf(picture);
    expect([beside.width, beside.height]).toEqual([300, 150]);
    const { pixels, width, height } = activationGrid(
      { shape: [96, 55, 55], values: new Float32Array(96 * 55 * 55) },
      'conv1',
      beside,
    );
    const at = (y: number, x: number) => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    expect([at(head + label, 6), at(head + label, 6 + 299)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
    expect(width).toBeLessThanOrEqual(1920);
    expect(height).toBeLessThanOrEqual(1080);
  });

  it('does not lose pixels of maps that no screen has room for', () => {
    const { height, width } = activationGrid(
      { shape: [100, 227, 227], values: new Float32Array(100 * 227 * 227) },
      'a',
    );
    expect([height, width]).toEqual([head + 10 * (227 + label + 6), 10 * (227 + 6) + 6]);
  });
});

describe('the grid of filters', () => {
  /** Two filters of 1 × 1 over three channels: one that sees red, one that sees all but red. */
  const values = Float32Array.of(1, -0.5, 0, 0.5, 0, 0.5);
  const colourOf = (colours: 'rgb' | 'bgr', filter: number) => {
    const { pixels, width } = filterGrid({ shape: [1, 1, 3, 2], values, colours }, 'conv1');
    const [scale, top] = [Math.floor((1920 - 6) / 2) - 6, head + label];
    const side = Math.min(scale, 1080 - head - label - 6);
    const place = (top * width + 6 + filter * (side + 6)) * 3;
    return [...pixels.subarray(place, place + 3)];
  };

  it('has their colours, grey for nothing', () => {
    expect([colourOf('rgb', 0), colourOf('rgb', 1)]).toEqual([
      [255, 128, 128],
      [0, 255, 255],
    ]);
    expect(colourOf('bgr', 0)).toEqual([128, 128, 255]);
  });

  it('puts other channels beside each other, in grey', () => {
    const { pixels, width } = filterGrid({ shape: [1, 1, 2, 1], values: Float32Array.of(1, -1), colours: 'rgb' }, 'a');
    const row = head + label;
    const seen = new Set(pixels.subarray(row * width * 3, (row + 1) * width * 3));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, ground, 255]);
  });
});

describe('text in pictures', () => {
  it('lets letters reach below the line', () => {
    const height = glyphHeight;
    const drawn = (letter: string) => {
      const picture = { width: 5, height, pixels: new Uint8Array(5 * height) };
      drawText(picture, letter, { left: 0, top: 0, scale: 1, shade: 1 });
      return picture.pixels.subarray(5 * 7).includes(1);
    };
    expect([...'gjpqy,'].map(drawn)).toEqual(Array.from({ length: 6 }, () => true));
    expect([...'abcdefhiklmnorstuvwxz0123456789'].map(drawn)).not.toContain(true);
  });

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
