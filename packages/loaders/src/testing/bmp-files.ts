/** A BMP file of a kind, and the RGB bytes that it holds, `[height, width, 3]`. */
export interface BmpFile {
  readonly name: string;
  readonly file: Uint8Array;
  readonly pixels: Uint8Array;
}

const [width, height] = [11, 5];
type Colour = readonly [red: number, green: number, blue: number];

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, byte) => (value >>> (8 * byte)) & 255);

/** Sixteen colours, two of them black and white. */
const colours: readonly Colour[] = Array.from({ length: 16 }, (_, i) => [
  i * 17,
  255 - i * 17,
  i === 0 ? 255 : (i * 101) & 255,
]);
const indexAt = (x: number, y: number, count: number): number => (x * 3 + y * 5 + ((x * y) % 7)) % count;

interface Layout {
  bits: number;
  compression?: number;
  topDown?: boolean;
  /** Of OS/2. */
  old?: boolean;
  headerSize?: number;
  masks?: readonly number[];
  palette?: readonly Colour[];
}

function file(
  { bits, compression = 0, topDown = false, old = false, ...more }: Layout,
  body: readonly number[],
): Uint8Array {
  const { headerSize = old ? 12 : 40, masks = [], palette = [] } = more;
  const masksBehind = headerSize === 40 ? masks : [];
  const sizes = old
    ? [...little(width, 2), ...little(height, 2)]
    : [...little(width, 4), ...little(topDown ? -height : height, 4)];
  const rest = old
    ? []
    : [compression, body.length, 2835, 2835, palette.length, 0].flatMap((value) => little(value, 4));
  const inHeader = headerSize > 40 ? masks.flatMap((mask) => little(mask, 4)) : [];
  const header = [...little(headerSize, 4), ...sizes, ...little(1, 2), ...little(bits, 2), ...rest, ...inHeader];
  const filled = [...header, ...Array(headerSize - header.length).fill(0)];
  const table = palette.flatMap(([red, green, blue]) => [blue, green, red, ...(old ? [] : [0])]);
  const before = [...filled, ...masksBehind.flatMap((mask) => little(mask, 4)), ...table];
  const offset = 14 + before.length;
  return Uint8Array.from([
    0x42,
    0x4d,
    ...little(offset + body.length, 4),
    0,
    0,
    0,
    0,
    ...little(offset, 4),
    ...before,
    ...body,
  ]);
}

/** Rows as they stand in a file, the bottom one first unless `topDown`, each filled up to four bytes. */
const rows = (row: (y: number) => number[], topDown = false): number[] =>
  Array.from({ length: height }, (_, i) => row(topDown ? i : height - 1 - i)).flatMap((bytes) => [
    ...bytes,
    ...Array((4 - (bytes.length % 4)) % 4).fill(0),
  ]);

const across = Array.from({ length: width }, (_, x) => x);
const indices = (bits: number) => (y: number) => across.map((x) => indexAt(x, y, Math.min(16, 2 ** bits)));
const colourOf = (x: number, y: number): Colour => colours[indexAt(x, y, 16)] ?? [0, 0, 0];

function packed(values: readonly number[], bits: number): number[] {
  const perByte = 8 / bits;
  return Array.from({ length: Math.ceil(values.length / perByte) }, (_, byte) =>
    Array.from({ length: perByte }, (_, i) => (values[byte * perByte + i] ?? 0) << (8 - bits * (i + 1))).reduce(
      (sum, part) => sum | part,
    ),
  );
}

const rgb = (colour: (x: number, y: number) => Colour): Uint8Array =>
  Uint8Array.from(Array.from({ length: height }, (_, y) => across.flatMap((x) => [...colour(x, y)])).flat());

const indexed = (bits: number) => rgb((x, y) => colours[indexAt(x, y, Math.min(16, 2 ** bits))] ?? [0, 0, 0]);
const paletteOf = (bits: number) => colours.slice(0, 2 ** bits);

/** Rows of runs: each row begins with plain pixels, as far as they fill whole pairs, and goes on pixel by pixel. */
function runs(four: boolean): number[] {
  const row = (y: number): number[] => {
    const values = indices(four ? 4 : 8)(y);
    const plain = values.slice(0, 5);
    const bytes = four ? packed(plain, 4) : plain;
    const once = values.slice(5).flatMap((value) => [1, four ? value << 4 : value]);
    return [0, plain.length, ...bytes, ...(bytes.length % 2 === 1 ? [0] : []), ...once, 0, 0];
  };
  return [...Array.from({ length: height }, (_, i) => row(height - 1 - i)).flat(), 0, 1];
}

const five = (value: number) => Math.round((value * 31) / 255);
const six = (value: number) => Math.round((value * 63) / 255);
const wide = (value: number, most: number) => Math.round((value * 255) / most);

/** Files of every kind that programs write. */
export function bmpFiles(): BmpFile[] {
  const files: BmpFile[] = [1, 4, 8].map((bits) => ({
    name: `${bits} bits`,
    file: file(
      { bits, palette: paletteOf(bits) },
      rows((y) => packed(indices(bits)(y), bits)),
    ),
    pixels: indexed(bits),
  }));
  const whole = rgb(colourOf);
  const bgr = (y: number) => across.flatMap((x) => [...colourOf(x, y)].reverse());
  const bgra = (y: number) => across.flatMap((x) => [...[...colourOf(x, y)].reverse(), 0]);
  const add = (name: string, layout: Layout, body: readonly number[], pixels = whole) =>
    files.push({ name, file: file(layout, body), pixels });
  add('24 bits', { bits: 24 }, rows(bgr));
  add('24 bits, top row first', { bits: 24, topDown: true }, rows(bgr, true));
  add('24 bits of OS/2', { bits: 24, old: true }, rows(bgr));
  add(
    '8 bits of OS/2',
    { bits: 8, old: true, palette: Array.from({ length: 256 }, (_, i) => colours[i % 16] ?? [0, 0, 0]) },
    rows(indices(8)),
    indexed(8),
  );
  add('32 bits', { bits: 32 }, rows(bgra));
  const masks = [0xff000000, 0xff0000, 0xff00];
  const abgr = (y: number) => across.flatMap((x) => [255, ...[...colourOf(x, y)].reverse()]);
  add('32 bits by masks', { bits: 32, compression: 3, masks }, rows(abgr));
  add(
    '32 bits by masks of its header',
    { bits: 32, compression: 3, masks: [...masks, 0], headerSize: 124 },
    rows(abgr),
  );
  const pixel16 = ([red, green, blue]: Colour) => (five(red) << 10) | (five(green) << 5) | five(blue);
  const pixel565 = ([red, green, blue]: Colour) => (five(red) << 11) | (six(green) << 5) | five(blue);
  add(
    '16 bits',
    { bits: 16 },
    rows((y) => across.flatMap((x) => little(pixel16(colourOf(x, y)), 2))),
    rgb((x, y) => {
      const [red, green, blue] = colourOf(x, y);
      return [wide(five(red), 31), wide(five(green), 31), wide(five(blue), 31)];
    }),
  );
  add(
    '16 bits, six of green',
    { bits: 16, compression: 3, masks: [0xf800, 0x7e0, 0x1f] },
    rows((y) => across.flatMap((x) => little(pixel565(colourOf(x, y)), 2))),
    rgb((x, y) => {
      const [red, green, blue] = colourOf(x, y);
      return [wide(five(red), 31), wide(six(green), 63), wide(five(blue), 31)];
    }),
  );
  add('runs of 8 bits', { bits: 8, compression: 1, palette: paletteOf(8) }, runs(false), indexed(8));
  add('runs of 4 bits', { bits: 4, compression: 2, palette: paletteOf(4) }, runs(true), indexed(4));
  return files;
}
