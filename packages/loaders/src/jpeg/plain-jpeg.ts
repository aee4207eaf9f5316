import { type JpegFrame, jpegFrame, jpegSegments } from '../pictures/jpeg-segments.ts';

/** A component: Y, Cb or Cr. */
export interface Component {
  /** Samples of it in an MCU (minimum coded unit), in blocks of 8: 1 or 2. */
  readonly across: number;
  readonly down: number;
  /** 64 factors of the coefficients, in zigzag order. */
  readonly quantizers: Uint8Array;
  /** Codes of its DC and AC coefficients: how many have 1 to 16 bits, then their symbols. */
  readonly dcCodes: Uint8Array;
  readonly acCodes: Uint8Array;
}

/** A JPEG of the kind that nearly all photos are: sequential, Huffman-coded, 8 bits, one scan, Y or YCbCr. */
export interface PlainJpeg {
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
  /** Where its entropy-coded bytes begin. */
  readonly scanStart: number;
}

const [frameMarker, codesMarker, quantizersMarker, scanMarker] = [0xc0, 0xc4, 0xdb, 0xda];
const [jfifMarker, app15, commentMarker] = [0xe0, 0xef, 0xfe];
/** Application segments that change how a picture looks: Exif (its orientation), colour profiles (ICC) and Adobe's colours. */
const looks = [0xe1, 0xe2, 0xee];

/** In narrower ones libjpeg repeats samples of chroma, where it blends them in others. */
const leastWidth = 8;
/** Of larger ones libjpeg refuses to read anything (jmorecfg.h: JPEG_MAX_DIMENSION). */
const maxSide = 65500;

/** Whether the samples are Y alone, or Y in each place and chroma in each, each second column, or each second column and row. */
function isUsual({ height, width, components }: JpegFrame): boolean {
  const [luma, blue, red] = components;
  if (!luma || width < leastWidth || Math.max(width, height) > maxSide) return false;
  if (!blue || !red) return luma.across === 1 && luma.down === 1;
  const isFull = [blue, red].every(({ across, down }) => across === 1 && down === 1);
  const hasNames = components.every(({ id }, index) => id === index + 1);
  return hasNames && isFull && luma.across <= 2 && luma.down <= luma.across && luma.across >= 1 && luma.down >= 1;
}

/** Splits a segment of tables, each of which begins with its class and number. */
function* tablesOf(segment: Uint8Array, lengthOf: (table: Uint8Array) => number): Generator<[number, Uint8Array]> {
  for (let at = 0; at < segment.length; ) {
    const end = at + 1 + lengthOf(segment.subarray(at + 1));
    yield [segment[at] ?? 0, segment.subarray(at + 1, end)];
    at = end;
  }
}

/** The largest size of a DC difference (T.81, F.1.2.1). */
const maxDcSize = 11;
/** A symbol is a byte. */
const maxSymbols = 256;

/** Whether a table is one of the four of DC or the four of AC, and all there: libjpeg refuses others, even where no scan has to do with them. */
const isCodes = (number: number, table: Uint8Array): boolean =>
  (number & ~16) <= 3 && table.length >= 16 && table.length <= 16 + maxSymbols && table.length === codesLength(table);

const codesLength = (table: Uint8Array): number =>
  16 + table.subarray(0, 16).reduce((count, ofLength) => count + ofLength, 0);

/** Whether a scan is of all components, in one pass. */
function isWholeScan(segment: Uint8Array, count: number): boolean {
  const [components, ...rest] = segment;
  return components === count && rest.length === 2 * count + 3 && rest.slice(2 * count).join() === '0,63,0';
}

/**
 * What a JPEG's headers say (ITU-T T.81, annex B). Undefined for any other kind than the plain one, for what shows otherwise than its
 * samples are (turned by Exif, with a colour profile), and for whatever is damaged: another decoder knows more of those.
 */
export function plainJpeg(file: Uint8Array): PlainJpeg | undefined {
  const quantizers = new Map<number, Uint8Array>();
  const codes = new Map<number, Uint8Array>();
  let frame: JpegFrame | undefined;
  for (const { marker, content, end, isWhole } of jpegSegments(file)) {
    if (!isWhole) return undefined;
    if (marker === quantizersMarker) {
      for (const [number, table] of tablesOf(content, () => 64)) {
        if (number > 3 || table.length !== 64) return undefined;
        quantizers.set(number, table);
      }
    } else if (marker === codesMarker) {
      for (const [number, table] of tablesOf(content, codesLength)) {
        if (!isCodes(number, table)) return undefined;
        codes.set(number, table);
      }
    } else if (marker === frameMarker) {
      if (frame) return undefined;
      frame = jpegFrame(content);
      if (!frame || !isUsual(frame)) return undefined;
    } else if (marker === scanMarker) {
      if (!frame || !isWholeScan(content, frame.components.length)) return undefined;
      return withTables(frame, content, end, quantizers, codes);
    } else if (looks.includes(marker) || !((marker >= jfifMarker && marker <= app15) || marker === commentMarker))
      return undefined;
  }
  return undefined;
}

function withTables(
  { height, width, components }: JpegFrame,
  scan: Uint8Array,
  scanStart: number,
  quantizers: ReadonlyMap<number, Uint8Array>,
  codes: ReadonlyMap<number, Uint8Array>,
): PlainJpeg | undefined {
  const found = components.map(({ id, across, down, table }, index) => {
    const [scanId, tables = 0] = scan.subarray(1 + 2 * index);
    const dcCodes = codes.get(tables >> 4);
    const acCodes = codes.get(16 + (tables & 15));
    const factors = quantizers.get(table);
    if (scanId !== id || !dcCodes || !acCodes || !factors) return undefined;
    if (dcCodes.subarray(16).some((size) => size > maxDcSize)) return undefined;
    return { across, down, quantizers: factors, dcCodes, acCodes };
  });
  const all = found.filter((one) => one !== undefined);
  return all.length === found.length ? { height, width, components: all, scanStart } : undefined;
}
