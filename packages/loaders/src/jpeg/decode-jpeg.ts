import type { Picture } from '../image.ts';
import { growTo, kernelModule, memoryPlaces } from '../kernel-module.ts';
import { base64 } from './generated.ts';
import { type Component, type PlainJpeg, plainJpeg } from './plain-jpeg.ts';

const jpegKernel = kernelModule(base64);

/**
 * The kernel's memory never shrinks: 24 MB at most. Of a larger picture it is the samples that take the time, and sharp takes no longer
 * for those.
 */
const maxPixels = 2 ** 21;
const maxBytes = 2 ** 22;

/** A component's samples: where the first one is, and how long a row. */
interface Plane {
  readonly start: number;
  readonly stride: number;
}

/** Behind the entropy-coded bytes: zeros, and what is read of an MCU before it is known that they have ended. */
const behindScan = 4096;
/** A byte to spare before and behind each row of samples, in whole vectors. */
const margin = 16;
/** The kernel writes whole vectors. */
const slack = 48;

/** Integers for each block of an MCU (minimum coded unit). */
const integersPerBlock = 8;

const mcusOf = ({ width, height, components: [luma] }: PlainJpeg) => ({
  perRow: Math.ceil(width / (8 * (luma?.across ?? 1))),
  rows: Math.ceil(height / (8 * (luma?.down ?? 1))),
});

/** Where things lie in the kernel's memory, one behind the other, from `start`. */
function layout(jpeg: PlainJpeg, scanBytes: number, start: number, tableBytes: number) {
  const { width, height, components } = jpeg;
  const { take, end } = memoryPlaces(start);
  const codes = [...new Set(components.flatMap(({ dcCodes, acCodes }) => [dcCodes, acCodes]))];
  const { perRow, rows } = mcusOf(jpeg);
  return {
    codes: codes.map((code) => ({ code, source: take(code.length), table: take(tableBytes) })),
    factors: take(64),
    quantizers: components.map(() => take(128)),
    predictions: components.map(() => take(4)),
    blocks: take(components.reduce((count, { across, down }) => count + across * down, 0) * integersPerBlock * 4),
    scan: take(scanBytes),
    turned: take(scanBytes + behindScan),
    planes: components.map(({ across, down }) => {
      const stride = perRow * 8 * across + 2 * margin;
      return { start: take(stride * rows * 8 * down + 2 * margin) + margin, stride };
    }),
    scratch: take(2 * (width + slack)),
    pixels: take(width * height * 3 + slack),
    end: end(),
  };
}

/** The blocks of an MCU, as the kernel reads them: their tables, then where their samples go, and how that moves on. */
function blocksOf({ across, down }: Component, plane: Plane, mcusPerRow: number, tables: readonly number[]): number[] {
  const { start, stride } = plane;
  const step = 8 * across;
  const rowStep = 8 * down * stride - mcusPerRow * step;
  return Array.from({ length: across * down }, (_, index) => {
    const target = start + 8 * (index % across) + 8 * Math.floor(index / across) * stride;
    return [...tables, target, stride, step, rowStep];
  }).flat();
}

/** Whether nothing but the end of the picture comes (T.81, B.2.1: EOI). */
const isEnd = (file: Uint8Array, at: number): boolean => file[at] === 0xff && file[at + 1] === 0xd9;

/**
 * Decodes a plain JPEG to RGB in this thread, to the bit as libjpeg does by default, and so sharp and Pillow. Half the time that sharp
 * takes for a picture of 500 x 375, of which a third is for other things than its samples.
 *
 * @returns Undefined for whatever another decoder has to look at: progressive, in CMYK, turned by Exif, with a colour profile, of more
 *   than 2,097,152 pixels, cut short or damaged.
 */
export function decodeJpeg(file: Uint8Array): Picture | undefined {
  const jpeg = file.length > maxBytes ? undefined : plainJpeg(file);
  if (!jpeg || jpeg.width * jpeg.height > maxPixels) return undefined;
  const kernel = jpegKernel();
  if (!kernel) return undefined;
  const { memory, call } = kernel;
  const { width, height, components, scanStart } = jpeg;
  const mcus = mcusOf(jpeg);
  const scanBytes = file.length - scanStart;
  const places = layout(jpeg, scanBytes, call('heapStart'), call('tableBytes'));
  if (!growTo(kernel, places.end)) return undefined;
  const bytes = new Uint8Array(memory.buffer);

  for (const { code, source, table } of places.codes) {
    bytes.set(code, source);
    if (!call('makeTable', table, source, source + 16)) return undefined;
  }
  const tableOf = (code: Uint8Array): number => places.codes.find((one) => one.code === code)?.table ?? 0;
  const blocks = components.flatMap((component, index) => {
    const quantizers = places.quantizers[index] ?? 0;
    bytes.set(component.quantizers, places.factors);
    call('placeQuantizers', places.factors, quantizers);
    const prediction = places.predictions[index] ?? 0;
    bytes.fill(0, prediction, prediction + 4);
    const tables = [tableOf(component.dcCodes), tableOf(component.acCodes), quantizers, prediction];
    return blocksOf(component, places.planes[index] ?? { start: 0, stride: 0 }, mcus.perRow, tables);
  });
  new Int32Array(memory.buffer, places.blocks, blocks.length).set(blocks);
  bytes.set(file.subarray(scanStart), places.scan);
  const read = call('takeEntropyCoded', places.scan, places.scan + scanBytes, places.turned);
  if (!isEnd(file, scanStart + read)) return undefined;
  const blocksPerMcu = blocks.length / integersPerBlock;
  if (!call('decodeScan', places.turned, places.blocks, blocksPerMcu, mcus.perRow, mcus.rows)) return undefined;

  const { across = 1, down = 1 } = components[0] ?? {};
  const [luma, blue, red] = places.planes;
  call(
    'toPixels',
    ...[luma?.start ?? 0, luma?.stride ?? 0, blue?.start ?? 0, red?.start ?? 0, blue?.stride ?? 0],
    ...[Math.ceil(width / across), Math.ceil(height / down), across - 1, down - 1],
    ...[places.scratch, width, height, places.pixels],
  );
  return { pixels: bytes.slice(places.pixels, places.pixels + width * height * 3), height, width, channels: 3 };
}
