import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { crc32 } from '../../../packages/tensor-files/src/codecs/zip/crc32.ts';
import { type Bomb, bombsOf } from '../bomb.ts';
import { big, joined, list, little, type Piece, repeated, zeros } from '../bytes.ts';

// PNG (ISO/IEC 15948).
const part = (type: string, ...pieces: Piece[]) => {
  const body = joined(type, ...pieces);
  return joined(big(body.length - 4, 4), body, big(crc32(body), 4));
};
const signature = joined(Uint8Array.of(0x89), 'PNG\r\n', Uint8Array.of(0x1a), '\n');
interface PngOptions {
  depth?: number;
  colour?: number;
  interlaced?: boolean;
  before?: readonly Piece[];
  data?: Uint8Array;
}
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
function png(
  width: number,
  height: number,
  { depth = 8, colour = 0, interlaced = false, before = [], data }: PngOptions = {},
): Uint8Array {
  const row = 1 + Math.ceil((width * depth * (channels[colour] ?? 1)) / 8);
  const pixels =
    data ?? new Uint8Array(deflateSync(zeros(Math.min(row * height * (interlaced ? 2 : 1), 3e8)), { level: 9 }));
  return joined(
    signature,
    part('IHDR', big(width, 4), big(height, 4), Uint8Array.of(depth, colour, 0, 0, interlaced ? 1 : 0)),
    before,
    part('IDAT', pixels),
    part('IEND'),
  );
}
const pngFile =
  (width: number, height: number, options: () => PngOptions = () => ({})) =>
  () => ({ 'a.png': png(width, height, options()) });
const palette = part('PLTE', zeros(6));
const made = async (
  width: number,
  height: number,
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif',
  options: object = {},
  channels: 3 | 4 = 3,
) =>
  new Uint8Array(
    await sharp({ create: { width, height, channels, background: 'white' } })
      .toFormat(format, options)
      .toBuffer(),
  );

const pngBombs = bombsOf('picture', {
  'PNG: 1 x 20,000': pngFile(1, 20_000),
  'PNG: 20,000 x 1': pngFile(20_000, 1),
  'PNG: 1 x 1,000,000': pngFile(1, 1_000_000),
  'PNG: 1,000,000 x 1': pngFile(1_000_000, 1),
  'PNG: 4,000 x 4,000 of one colour': pngFile(4000, 4000, () => ({ depth: 1 })),
  'PNG: 4,096 x 4,096 of 8 bits of grey': pngFile(4096, 4096),
  'PNG: 4,096 x 4,096 of 64 bits a pixel': pngFile(4096, 4096, () => ({ depth: 16, colour: 6 })),
  'PNG: 4,096 x 4,096 of 64 bits, interlaced': pngFile(4096, 4096, () => ({ depth: 16, colour: 6, interlaced: true })),
  'PNG: 4,096 x 4,096 interlaced': pngFile(4096, 4096, () => ({ depth: 8, colour: 2, interlaced: true })),
  'PNG: 2 x 8,000,000': pngFile(2, 8_000_000, () => ({ depth: 1 })),
  'PNG: 8,000,000 x 2, interlaced': pngFile(8_000_000, 2, () => ({ depth: 1, interlaced: true })),
  'PNG: 20,000 x 20,000 in 50 kB': pngFile(20_000, 20_000, () => ({ depth: 1 })),
  'PNG: 60,000 x 60,000': pngFile(60_000, 60_000, () => ({ data: deflateSync(zeros(1000)) })),
  'PNG: 2^31 x 2^31': pngFile(2 ** 31 - 1, 2 ** 31 - 1, () => ({ data: deflateSync(zeros(1000)) })),
  'PNG: 2^32 x 1': pngFile(2 ** 32 - 1, 1, () => ({ data: deflateSync(zeros(1000)) })),
  'PNG: nothing x nothing': pngFile(0, 0),
  'PNG: pixels that are missing': pngFile(4096, 4096, () => ({ data: deflateSync(zeros(1000)) })),
  'PNG: 150 MB behind the pixels': pngFile(8, 8, () => ({ data: deflateSync(zeros(15e7)) })),
  'PNG: a text of 150 MB (zTXt)': pngFile(8, 8, () => ({
    before: [part('zTXt', 'Comment\0\0', deflateSync(zeros(15e7)))],
  })),
  'PNG: 200 texts of 1.5 MB (zTXt)': pngFile(8, 8, () => ({
    before: list(200, (i) => part('zTXt', `Comment${i}\0\0`, deflateSync(zeros(15e5)))),
  })),
  'PNG: a text of 150 MB (iTXt)': pngFile(8, 8, () => ({
    before: [part('iTXt', 'Comment\0\x01\0\0\0', deflateSync(zeros(15e7)))],
  })),
  'PNG: a colour profile of 150 MB (iCCP)': pngFile(8, 8, () => ({
    before: [part('iCCP', 'p\0\0', deflateSync(zeros(15e7)))],
  })),
  'PNG: 100,000 empty texts': pngFile(8, 8, () => ({ before: [repeated(part('tEXt', 'a\0'), 1e5)] })),
  'PNG: 100,000 unknown parts': pngFile(8, 8, () => ({ before: [repeated(part('abCd'), 1e5)] })),
  'PNG: a part of 2^31 bytes': () => ({ 'a.png': joined(signature, big(2 ** 31 - 1, 4), 'IHDR', zeros(100)) }),
  'PNG: a palette that is missing': pngFile(64, 64, () => ({ colour: 3 })),
  'PNG: a palette of 2, pixels of 255': pngFile(64, 64, () => ({
    colour: 3,
    before: [palette],
    data: deflateSync(repeated(Uint8Array.of(0, ...list(64, () => 255)), 64)),
  })),
  'PNG: 10,000 frames (APNG)': pngFile(64, 64, () => ({
    before: [
      part('acTL', big(1e4, 4), big(0, 4)),
      list(1e4, (i) => part('fcTL', big(i, 4), big(64, 4), big(64, 4), zeros(14))),
    ],
  })),
  'PNG: empty': () => ({ 'a.png': new Uint8Array() }),
  'PNG: the signature alone': () => ({ 'a.png': signature }),
  'PNG: a pointer of Git LFS': {
    ends: 'refused',
    files: () => ({ 'a.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n' }),
  },
});

// JPEG (ITU T.81).
const segment = (marker: number, ...pieces: Piece[]) => {
  const body = joined(...pieces);
  return joined(Uint8Array.of(0xff, marker), big(body.length + 2, 2), body);
};
/** A progressive JPEG whose header says another size, and whose scans are repeated. */
async function progressive(width: number, height: number, scans: number): Promise<Uint8Array> {
  const good = await made(16, 16, 'jpeg', { progressive: true, mozjpeg: false });
  const frame = Buffer.from(good).indexOf(Buffer.from([0xff, 0xc2]));
  const bytes = good.slice();
  new DataView(bytes.buffer).setUint16(frame + 5, height);
  new DataView(bytes.buffer).setUint16(frame + 7, width);
  // The last scan refines; it may come as often as it likes to a decoder that does not count.
  const last = Buffer.from(bytes).lastIndexOf(Buffer.from([0xff, 0xda]));
  return joined(
    bytes.subarray(0, last),
    list(scans, () => bytes.subarray(last, -2)),
    bytes.subarray(-2),
  );
}
const jpegSized = async (width: number, height: number) => {
  const good = (await made(16, 16, 'jpeg')).slice();
  const frame = Buffer.from(good).indexOf(Buffer.from([0xff, 0xc0]));
  new DataView(good.buffer).setUint16(frame + 5, height);
  new DataView(good.buffer).setUint16(frame + 7, width);
  return good;
};

const jpegBombs = bombsOf('picture', {
  'JPEG: 4,096 x 4,096 of white': async () => ({ 'a.jpg': await made(4096, 4096, 'jpeg') }),
  'JPEG: 4,096 x 4,096 of white, progressive': async () => ({
    'a.jpg': await made(4096, 4096, 'jpeg', { progressive: true }),
  }),
  'JPEG: 4,096 x 4,096, progressive, 4:4:4': async () => ({
    'a.jpg': await made(4096, 4096, 'jpeg', { progressive: true, chromaSubsampling: '4:4:4' }),
  }),
  'JPEG: says 65,535 x 65,535': async () => ({ 'a.jpg': await jpegSized(65_535, 65_535) }),
  'JPEG: says 4,000 x 4,000, has 16 x 16': async () => ({ 'a.jpg': await jpegSized(4000, 4000) }),
  'JPEG: 1 x 65,500': async () => ({ 'a.jpg': await made(1, 65_500, 'jpeg') }),
  'JPEG: 4,000 x 4,000 in 2,000 scans': async () => ({ 'a.jpg': await progressive(4000, 4000, 2000) }),
  'JPEG: 2,000 x 2,000 in 5,000 scans': async () => ({ 'a.jpg': await progressive(2000, 2000, 5000) }),
  'JPEG: says no rows, as DNL would': async () => ({ 'a.jpg': await jpegSized(16, 0) }),
  'JPEG: 300 comments of 60 kB': async () => {
    const good = await made(16, 16, 'jpeg');
    return { 'a.jpg': joined(good.subarray(0, 2), repeated(segment(0xfe, zeros(60_000)), 300), good.subarray(2)) };
  },
  'JPEG: 200 profiles of 60 kB': async () => {
    const good = await made(16, 16, 'jpeg');
    return {
      'a.jpg': joined(
        good.subarray(0, 2),
        list(200, (i) => segment(0xe2, 'ICC_PROFILE\0', Uint8Array.of(i + 1, 200), zeros(60_000))),
        good.subarray(2),
      ),
    };
  },
  'JPEG: EXIF that leads in circles': async () => {
    const good = await made(16, 16, 'jpeg');
    const tiff = joined(
      'II*\0',
      little(8, 4),
      little(1, 2),
      little(0x8769, 2),
      little(4, 2),
      little(1, 4),
      little(8, 4),
      little(8, 4),
    );
    return { 'a.jpg': joined(good.subarray(0, 2), segment(0xe1, 'Exif\0\0', tiff), good.subarray(2)) };
  },
  'JPEG: EXIF of 5,000 entries': async () => {
    const good = await made(16, 16, 'jpeg');
    const tiff = joined(
      'II*\0',
      little(8, 4),
      little(5000, 2),
      repeated(joined(little(0x9286, 2), little(7, 2), little(60_000, 4), little(8, 4)), 5000),
    );
    return { 'a.jpg': joined(good.subarray(0, 2), segment(0xe1, 'Exif\0\0', tiff), good.subarray(2)) };
  },
  'JPEG: restarts for ever': async () => {
    const good = await made(16, 16, 'jpeg');
    return { 'a.jpg': joined(good.subarray(0, -2), repeated(Uint8Array.of(0xff, 0xd0), 1e6), good.subarray(-2)) };
  },
  'JPEG: a picture before a zip archive': async () => ({
    'a.jpg': joined(await made(64, 64, 'jpeg'), 'PK\x03\x04', zeros(1000)),
  }),
});

/** Tables of Huffman codes that nothing uses, of `symbols` each. */
const unusedTables = (number: number, symbols: number) =>
  segment(0xc4, repeated(joined(Uint8Array.of(number), zeros(15), Uint8Array.of(symbols), zeros(symbols)), 200));
const withTables = (table: Uint8Array, times: number) => async () => {
  const good = await made(16, 16, 'jpeg');
  return { 'a.jpg': joined(good.subarray(0, 2), repeated(table, times), good.subarray(2)) };
};
const plainJpegBombs = bombsOf('picture in a worker', {
  'plain JPEG: says 2,000 x 1,000, has 16 x 16': async () => ({ 'a.jpg': await jpegSized(2000, 1000) }),
  'plain JPEG: says 65,535 x 32': async () => ({ 'a.jpg': await jpegSized(65_535, 32) }),
  'plain JPEG: says 8 x 65,500': async () => ({ 'a.jpg': await jpegSized(8, 65_500) }),
  'plain JPEG: 2,000 x 1,000 of white': async () => ({ 'a.jpg': await made(2000, 1000, 'jpeg') }),
  'plain JPEG: 65,500 x 32 of white': async () => ({ 'a.jpg': await made(65_500, 32, 'jpeg') }),
  'plain JPEG: 200,000 tables': withTables(unusedTables(3, 0), 1000),
  'plain JPEG: 12 MB of tables': withTables(unusedTables(3, 200), 280),
  'plain JPEG: a table of a number that is none': withTables(unusedTables(7, 1), 1),
  'plain JPEG: 300 comments of 60 kB': withTables(segment(0xfe, zeros(60_000)), 300),
});

const gifHead = (width: number, height: number) =>
  joined('GIF89a', little(width, 2), little(height, 2), Uint8Array.of(0x80, 0, 0), zeros(6));
const gifFrame = (width: number, height: number, data: Piece = Uint8Array.of(2, 2, 0x4c, 1, 0)) =>
  joined(Uint8Array.of(0x2c), zeros(4), little(width, 2), little(height, 2), Uint8Array.of(0), data);
const gif =
  (width: number, height: number, ...frames: Uint8Array[]) =>
  () => ({ 'a.gif': joined(gifHead(width, height), ...frames, ';') });
const gifBombs = bombsOf('picture', {
  'GIF: 65,535 x 65,535': gif(65_535, 65_535, gifFrame(65_535, 65_535)),
  'GIF: 4,096 x 4,096, one pixel of data': gif(4096, 4096, gifFrame(1, 1)),
  'GIF: 4,096 x 4,096 of one colour': async () => ({ 'a.gif': await made(4096, 4096, 'gif') }),
  'GIF: 50,000 frames': gif(64, 64, repeated(gifFrame(64, 64), 50_000)),
  'GIF: 2,000 frames of 4,000 x 4,000': gif(4000, 4000, repeated(gifFrame(4000, 4000), 2000)),
  'GIF: a small screen, a frame of 65,535': gif(1, 1, gifFrame(65_535, 65_535)),
  'GIF: a frame beyond its screen': gif(
    16,
    16,
    joined(
      Uint8Array.of(0x2c),
      little(60_000, 2),
      little(60_000, 2),
      little(60_000, 2),
      little(60_000, 2),
      Uint8Array.of(0, 2, 2, 0x4c, 1, 0),
    ),
  ),
  'GIF: 500,000 comments': gif(16, 16, repeated(Uint8Array.of(0x21, 0xfe, 1, 65, 0), 5e5), gifFrame(16, 16)),
  'GIF: a million empty blocks': gif(
    16,
    16,
    gifFrame(16, 16, joined(Uint8Array.of(2), repeated(Uint8Array.of(1, 0), 1e6), Uint8Array.of(0))),
  ),
  'GIF: no frames': gif(16, 16),
});

const riff = (...parts: Piece[]) => {
  const body = joined('WEBP', ...parts);
  return joined('RIFF', little(body.length, 4), body);
};
const webpPart = (type: string, ...pieces: Piece[]) => {
  const body = joined(...pieces);
  return joined(type, little(body.length, 4), body, zeros(body.length % 2));
};
const vp8x = (flags: number, width: number, height: number) =>
  webpPart('VP8X', Uint8Array.of(flags, 0, 0, 0), little(width - 1, 3), little(height - 1, 3));
/** The picture's own part of a good file. */
const webpBody = async (width: number, height: number, options: object = {}) =>
  (await made(width, height, 'webp', options)).subarray(12);
const frame = (width: number, height: number, body: Uint8Array) =>
  webpPart('ANMF', zeros(6), little(width - 1, 3), little(height - 1, 3), little(10, 3), Uint8Array.of(0), body);
const webpBombs = bombsOf('picture', {
  'WebP: 4,096 x 4,096 of white': async () => ({ 'a.webp': await made(4096, 4096, 'webp', { effort: 0 }) }),
  'WebP: 4,096 x 4,096 of white, lossless': async () => ({
    'a.webp': await made(4096, 4096, 'webp', { lossless: true, effort: 0 }),
  }),
  'WebP: 16,383 x 1,024': async () => ({ 'a.webp': await made(16_383, 1024, 'webp', { lossless: true, effort: 0 }) }),
  'WebP: a canvas of 2^24 x 2^24': async () => ({ 'a.webp': riff(vp8x(0, 2 ** 24, 2 ** 24), await webpBody(16, 16)) }),
  'WebP: a canvas of 4,096, frames of 16': async () => {
    const body = await webpBody(16, 16);
    return { 'a.webp': riff(vp8x(2, 4096, 4096), webpPart('ANIM', zeros(6)), frame(16, 16, body)) };
  },
  'WebP: 20,000 frames': async () => {
    const body = await webpBody(16, 16);
    return { 'a.webp': riff(vp8x(2, 16, 16), webpPart('ANIM', zeros(6)), repeated(frame(16, 16, body), 20_000)) };
  },
  'WebP: 500 frames of 4,000 x 4,000': async () => {
    const body = await webpBody(4000, 4000, { lossless: true, effort: 0 });
    return { 'a.webp': riff(vp8x(2, 4000, 4000), webpPart('ANIM', zeros(6)), repeated(frame(4000, 4000, body), 500)) };
  },
  'WebP: 300,000 unknown parts': async () => ({
    'a.webp': riff(vp8x(0, 16, 16), repeated(webpPart('abcd'), 3e5), await webpBody(16, 16)),
  }),
  'WebP: a profile of 30 MB': async () => ({
    'a.webp': riff(vp8x(0x20, 16, 16), webpPart('ICCP', zeros(3e7)), await webpBody(16, 16)),
  }),
  'WebP: a length of 2^32': async () => ({
    'a.webp': joined('RIFF', Uint8Array.of(255, 255, 255, 255), 'WEBP', await webpBody(16, 16)),
  }),
});

/** An SVG that takes long, in the clothes of other formats. */
const slow = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4000" height="4000"><filter id="f"><feTurbulence numOctaves="50" baseFrequency="0.5"/><feGaussianBlur stdDeviation="500"/></filter><rect width="4000" height="4000" filter="url(#f)"/>${'<rect width="9" height="9"/>'.repeat(100)}</svg>`;
const laughs = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${list(9, (i) => `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg">&j;</svg>`;
const refused = (files: Bomb['files']) => ({ ends: 'refused' as const, files });
const polyglots = bombsOf('picture', {
  'SVG: as it is': refused(() => ({ 'a.svg': slow })),
  'SVG: with the name of a PNG': refused(() => ({ 'a.png': slow })),
  'SVG: a billion laughs': refused(() => ({ 'a.png': laughs })),
  'SVG: begins as a WebP': refused(() => ({ 'a.webp': `RIFFxxxxWEBP${slow}` })),
  'SVG: a WebP by its bytes 8 to 11': refused(() => ({ 'a.webp': `RIFF<?a WEBP?>${slow}` })),
  'SVG: a WebP behind a comment': refused(() => ({
    'a.webp': joined('RIFF', Uint8Array.of(0x20, 0x20, 0x20, 0x20), 'WEBP<!-- -->', slow),
  })),
  'SVG: begins as a GIF': refused(() => ({ 'a.gif': `GIF89a${slow}` })),
  'SVG: begins as a JPEG': refused(() => ({ 'a.jpg': joined(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), slow) })),
  'SVG: begins as a BMP': refused(() => ({ 'a.bmp': `BM${slow}` })),
  'SVG: begins as a TIFF': refused(() => ({ 'a.tif': `II*\0${slow}` })),
  'SVG: begins as an AVIF': refused(() => ({
    'a.avif': joined(big(28, 4), 'ftypavif', zeros(4), 'avifmif1miaf', slow),
  })),
  'SVG: includes a file of this machine': refused(() => ({
    'a.png': '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
  })),
  'SVG: 20 MB of spaces before it': refused(() => ({ 'a.png': `${' '.repeat(2e7)}${slow}` })),
  'SVG: packed by gzip': refused(() => ({ 'a.png': joined(Uint8Array.of(31, 139, 8, 0), zeros(1000)) })),
  'PDF: of a page of 10 km': refused(() => ({
    'a.png':
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj 3 0 obj<</MediaBox[0 0 99999999 99999999]>>endobj',
  })),
  'HEIC: in the name of an AVIF': refused(() => ({
    'a.avif': joined(big(20, 4), 'ftypheic', zeros(4), 'heic', zeros(1000)),
  })),
  'PPM: 30,000 x 30,000': refused(() => ({ 'a.png': 'P6 30000 30000 255\n' })),
  'FITS, CSV and matrices': refused(() => ({ 'a.png': `SIMPLE  =                    T${' '.repeat(3000)}` })),
  'a page as a picture': refused(() => ({ 'a.png': '<!doctype html><title>\u001b[2J</title>' })),
});

interface Tag {
  tag: number;
  type?: number;
  values: readonly number[];
  /** Where more than one value lies. */
  at?: number;
  count?: number;
}
/** A TIFF with these tags in its directory, and data from byte `8`. */
function tiff(
  tags: readonly Tag[],
  { data = zeros(4096), next = 0 }: { data?: Uint8Array; next?: number } = {},
): Uint8Array {
  const directory = 8 + data.length + (data.length % 2);
  const entries = tags.map(({ tag, type = 4, values, at, count = values.length }) =>
    joined(little(tag, 2), little(type, 2), little(count, 4), little(at ?? values[0] ?? 0, 4)),
  );
  return joined(
    'II*\0',
    little(directory, 4),
    data,
    zeros(data.length % 2),
    little(tags.length, 2),
    ...entries,
    little(next, 4),
  );
}
const one = (tag: number, value: number): Tag => ({ tag, values: [value] });
const tiffOf = (width: number, height: number, more: readonly Tag[] = []): Tag[] => {
  const given = new Set(more.map(({ tag }) => tag));
  const usual = [
    one(256, width),
    one(257, height),
    one(258, 8),
    one(259, 1),
    one(262, 1),
    one(273, 8),
    one(277, 1),
    one(278, height),
    one(279, 4096),
  ];
  return [...usual.filter(({ tag }) => !given.has(tag)), ...more].sort((a, b) => a.tag - b.tag);
};
const tiffFile =
  (...args: Parameters<typeof tiff>) =>
  () => ({ 'a.tif': tiff(...args) });
/** Tiles of which the file holds one. */
const tiled = (width: number, height: number, tileWidth: number, tileHeight: number): Tag[] => [
  ...tiffOf(width, height).filter(({ tag }) => ![273, 278, 279].includes(tag)),
  one(322, tileWidth),
  one(323, tileHeight),
  one(324, 8),
  one(325, 4096),
];
/** 1,000 x 1,000 pixels of zeros, in strips of 100 rows that all lie in the same place. */
const deflatedSamples = (samples: number, bits: number) => () => {
  const data = new Uint8Array(deflateSync(zeros((1e5 * samples * bits) / 8), { level: 9 }));
  const lists = joined(
    list(samples, () => little(bits, 2)),
    list(10, () => little(8, 4)),
    list(10, () => little(data.length, 4)),
  );
  const [offsets, counts] = [2 * samples, 2 * samples + 40];
  const at = 8 + data.length + (data.length % 2);
  const many = (tag: number, place: number, count: number, type = 4): Tag => ({
    ...{ tag, type, values: [], at: at + place, count },
  });
  return {
    'a.tif': tiff(
      tiffOf(1000, 1000, [
        many(258, 0, samples, 3),
        one(259, 8),
        many(273, offsets, 10),
        one(277, samples),
        one(278, 100),
        many(279, counts, 10),
      ]),
      { data: joined(data, zeros(data.length % 2), lists) },
    ),
  };
};
const tiffBombs = bombsOf('picture', {
  'TIFF: 2^31 x 2^31': tiffFile(tiffOf(2 ** 31 - 1, 2 ** 31 - 1)),
  'TIFF: 4,000 x 4,000 in 4 kB': tiffFile(tiffOf(4000, 4000)),
  'TIFF: one strip of 2^32 bytes': tiffFile(tiffOf(4000, 4000, [one(279, 2 ** 32 - 1)])),
  'TIFF: rows of a strip of 2^32': tiffFile(tiffOf(64, 64, [one(278, 2 ** 32 - 1)])),
  'TIFF: tiles of 2^30': tiffFile([
    one(256, 64),
    one(257, 64),
    one(258, 8),
    one(259, 1),
    one(262, 1),
    one(277, 1),
    one(322, 2 ** 30),
    one(323, 2 ** 30),
    one(324, 8),
    one(325, 4096),
  ]),
  'TIFF: tiles of 16,384 x 16,384 for a pixel': tiffFile([
    one(256, 1),
    one(257, 1),
    one(258, 8),
    one(259, 1),
    one(262, 1),
    one(277, 1),
    one(322, 16_384),
    one(323, 16_384),
    one(324, 8),
    one(325, 4096),
  ]),
  'TIFF: 65,535 samples a pixel': tiffFile(tiffOf(64, 64, [one(277, 65_535)])),
  'TIFF: 64 samples a pixel': tiffFile(tiffOf(1000, 1000, [one(277, 64)])),
  'TIFF: 64 samples a pixel, deflated': deflatedSamples(64, 8),
  'TIFF: 256 samples a pixel, deflated': deflatedSamples(256, 8),
  'TIFF: 1,000 samples a pixel, deflated': deflatedSamples(1000, 8),
  'TIFF: 16 samples of 16 bits a pixel, deflated': deflatedSamples(16, 16),
  'TIFF: Lab of 8 bits': { ends: 'opened', files: tiffFile(tiffOf(16, 16, [one(262, 8), one(277, 3), one(279, 768)])) },
  'TIFF: Lab of 8 bits, 3,000 x 3,000': () => {
    const data = new Uint8Array(deflateSync(zeros(27e6), { level: 9 }));
    const more = [one(259, 8), one(262, 8), one(277, 3), one(279, data.length)];
    return { 'a.tif': tiff(tiffOf(3000, 3000, more), { data }) };
  },
  'TIFF: tiles of 16 x 8,192 for 16 rows': tiffFile(tiled(30_000, 16, 16, 8192)),
  'TIFF: tiles of 8,192 x 16 for a column': tiffFile(tiled(1, 8192, 8192, 16)),
  'TIFF: 45,000 tiles that are one': tiffFile(tiled(3400, 3400, 16, 16)),
  'TIFF: a JPEG of 2,000 scans in it': async () => {
    const data = await progressive(4000, 4000, 2000);
    const more = [one(259, 7), one(262, 6), one(277, 3), one(279, data.length)];
    return { 'a.tif': tiff(tiffOf(4000, 4000, more), { data }) };
  },
  'TIFF: directories that lead in circles': tiffFile(tiffOf(32, 32), { next: 8 + 4096 }),
  'TIFF: 10,000 pages': () => {
    const pages = list(10_000, (i) =>
      joined(
        little(9, 2),
        ...tiffOf(32, 32).map(({ tag, values }) =>
          joined(little(tag, 2), little(4, 2), little(1, 4), little(values[0] ?? 0, 4)),
        ),
        little(8 + 4096 + (i + 1) * 114, 4),
      ),
    );
    return { 'a.tif': joined('II*\0', little(8 + 4096, 4), zeros(4096), pages, little(0, 2)) };
  },
  'TIFF: 65,535 entries': () => ({
    'a.tif': joined(
      'II*\0',
      little(8, 4),
      little(65_535, 2),
      repeated(joined(little(256, 2), little(4, 2), little(1, 4), little(8, 4)), 65_535),
    ),
  }),
  'TIFF: a tag of 2^32 values': tiffFile([
    ...tiffOf(32, 32),
    { tag: 34_675, type: 7, values: [8], count: 2 ** 32 - 1 },
  ]),
  'TIFF: LZW that never ends': tiffFile(tiffOf(4000, 4000, [one(259, 5)]), {
    data: repeated(Uint8Array.of(0x80, 0x40, 0x20), 1000),
  }),
  'TIFF: deflated zeros, 4,000 x 4,000': () => {
    const data = new Uint8Array(deflateSync(zeros(16e6), { level: 9 }));
    return { 'a.tif': tiff(tiffOf(4000, 4000, [one(259, 8), one(279, data.length)]), { data }) };
  },
  'TIFF: deflated zeros, 30,000 x 8,000 in 240 kB': () => {
    const data = new Uint8Array(deflateSync(zeros(24e7), { level: 9 }));
    return { 'a.tif': tiff(tiffOf(30_000, 8000, [one(259, 8), one(279, data.length)]), { data }) };
  },
  'TIFF: 4,096 x 4,096 of white, deflated': async () => ({
    'a.tif': await made(4096, 4096, 'tiff', { compression: 'deflate', bitdepth: 8 }),
  }),
  'TIFF: JPEG in it that says another size': tiffFile(tiffOf(64, 64, [one(259, 7)]), {
    data: joined(
      Uint8Array.of(0xff, 0xd8, 0xff, 0xc0),
      big(17, 2),
      Uint8Array.of(8),
      big(65_535, 2),
      big(65_535, 2),
      zeros(100),
    ),
  }),
  'TIFF: a fax page': tiffFile(tiffOf(4000, 4000, [one(259, 4), one(258, 1)]), {
    data: repeated(Uint8Array.of(0xff), 4096),
  }),
});

const box = (type: string, ...pieces: Piece[]) => {
  const body = joined(...pieces);
  return joined(big(body.length + 8, 4), type, body);
};
/** An AVIF whose size in `ispe` says something else than its pixels. */
async function avifSaying(width: number, height: number): Promise<Uint8Array> {
  const good = (await made(16, 16, 'avif', { effort: 0 })).slice();
  const at = Buffer.from(good).indexOf('ispe');
  new DataView(good.buffer).setUint32(at + 8, width);
  new DataView(good.buffer).setUint32(at + 12, height);
  return good;
}
const avifBombs = bombsOf('picture', {
  'AVIF: 2,048 x 2,048 of white': async () => ({ 'a.avif': await made(2048, 2048, 'avif', { effort: 0 }) }),
  'AVIF: 4,096 x 4,000 of white': async () => ({ 'a.avif': await made(4096, 4000, 'avif', { effort: 0 }) }),
  'AVIF: says 65,535 x 65,535': async () => ({ 'a.avif': await avifSaying(65_535, 65_535) }),
  'AVIF: says 4,000 x 4,000': async () => ({ 'a.avif': await avifSaying(4000, 4000) }),
  'AVIF: boxes 3,000 deep': () => {
    let inner: Uint8Array = box('free');
    for (let level = 0; level < 3000; level++) inner = box('meta', zeros(4), inner);
    return { 'a.avif': joined(box('ftyp', 'avif', zeros(4), 'avif'), inner) };
  },
  'AVIF: a box of 2^32 bytes': () => ({
    'a.avif': joined(box('ftyp', 'avif', zeros(4), 'avif'), Uint8Array.of(255, 255, 255, 255), 'meta', zeros(100)),
  }),
  'AVIF: 300,000 boxes': () => ({
    'a.avif': joined(box('ftyp', 'avif', zeros(4), 'avif'), box('meta', zeros(4), repeated(box('free'), 3e5))),
  }),
  'AVIF: brands of a megabyte': () => ({ 'a.avif': joined(big(1e6 + 8, 4), 'ftyp', repeated('avif', 25e4)) }),
  'AVIF: the head alone': () => ({ 'a.avif': box('ftyp', 'avif', zeros(4), 'avif') }),
});

function bmp(
  width: number,
  height: number,
  bits: number,
  compression = 0,
  data: Uint8Array = zeros(64),
  more: { colours?: number; header?: number; offset?: number } = {},
): Uint8Array {
  const { colours = 0, header = 40, offset = 54 } = more;
  return joined(
    'BM',
    little(54 + data.length, 4),
    zeros(4),
    little(offset, 4),
    little(header, 4),
    little(width, 4),
    little(height, 4),
    little(1, 2),
    little(bits, 2),
    little(compression, 4),
    zeros(12),
    little(colours, 4),
    zeros(4),
    data,
  );
}
const bmpFile =
  (...args: Parameters<typeof bmp>) =>
  () => ({ 'a.bmp': bmp(...args) });
const bmpBombs = bombsOf('picture', {
  'BMP: 60,000 x 60,000': bmpFile(60_000, 60_000, 24),
  'BMP: 2^31 x 1': bmpFile(2 ** 31 - 1, 1, 1),
  'BMP: 4,000 x 4,000 of runs, none there': bmpFile(4000, 4000, 8, 1, Uint8Array.of(0, 1)),
  'BMP: 4,000 x 4,000 of runs of 4 bits': bmpFile(4000, 4000, 4, 2, Uint8Array.of(0, 1)),
  'BMP: 4,096 x 4,096 of a bit a pixel': bmpFile(4096, 4096, 1, 0, zeros(2_097_152)),
  'BMP: jumps beyond the picture': bmpFile(16, 16, 8, 1, repeated(Uint8Array.of(0, 2, 255, 255), 1000)),
  'BMP: a million ends of rows': bmpFile(16, 2 ** 20, 8, 1, repeated(Uint8Array.of(0, 0), 1e6)),
  'BMP: a height of -2^31': bmpFile(1, -(2 ** 31), 24),
  'BMP: a JPEG in it': bmpFile(16, 16, 0, 4),
  'BMP: 2^32 colours': bmpFile(16, 16, 8, 0, zeros(2000), { colours: 2 ** 32 - 1 }),
  'BMP: pixels at 2^32': bmpFile(16, 16, 24, 0, zeros(2000), { offset: 2 ** 32 - 1 }),
  'BMP: a header of 2^32': bmpFile(16, 16, 24, 0, zeros(2000), { header: 2 ** 32 - 1 }),
  'BMP: 3 bytes': () => ({ 'a.bmp': 'BM\0' }),
});

export const pictureBombs: readonly Bomb[] = [
  ...pngBombs,
  ...jpegBombs,
  ...plainJpegBombs,
  ...gifBombs,
  ...webpBombs,
  ...polyglots,
  ...tiffBombs,
  ...avifBombs,
  ...bmpBombs,
];
