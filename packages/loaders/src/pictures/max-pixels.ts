import { ZooError } from '@zoo/core';

export interface DecodeOptions {
  /**
   * Most pixels that are decoded. Default: those that take 48 MiB and four times the file while they are decoded, by the format's need
   * for each: 15 million of a small PNG, 12 of a JPEG, 4 of a WebP, 2.5 of an AVIF. Photos may be as large as their files suggest
   * (8 pixels a byte of JPEG, 12 of WebP, 20 of AVIF). At most 268,435,456.
   */
  maxPixels?: number;
}

/** The header of a picture. */
export interface PictureHeader {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** Whether it is decoded in passes over the whole picture: Adam7 of PNG, progressive JPEG. */
  readonly isProgressive?: boolean;
  readonly channels?: number;
  readonly bytesPerChannel?: number;
  /** Whether its chroma is subsampled, to half the rows and columns. */
  readonly isChromaSubsampled?: boolean;
}

/**
 * Bytes of memory for each pixel while a picture is decoded, of which three stay: what the decoders of libvips 8.17 were measured
 * to hold of pictures of 16 million pixels.
 */
const bytesPerPixel: Readonly<Record<string, number>> = {
  PNG: 3.4,
  JPEG: 4.1,
  WebP: 12,
  GIF: 8.5,
  TIFF: 4,
  AVIF: 20,
  BMP: 4,
};

/** Plausible pixels per byte of a photo, for formats whose decoder takes more than four bytes for them. */
const pixelsPerByte: Readonly<Record<string, number>> = { JPEG: 8, WebP: 12, AVIF: 20 };

const floor = 48 * 2 ** 20;
const cap = 2 ** 28;
/** Channels of a pixel, of which three are used: libvips takes the others off one by one, each in a pass over all that are left. */
const maxChannels = 16;
/** The largest width or height: decoders take as long for a row of two pixels as for one of a thousand. */
const maxSide = 2 ** 20;

/** Memory for passes: the whole picture as the file has it, for a JPEG as coefficients of two bytes. */
function bytesForPasses({
  format,
  isProgressive,
  channels = 3,
  bytesPerChannel = 1,
  isChromaSubsampled,
}: PictureHeader): number {
  if (!isProgressive) return 0;
  if (format === 'JPEG') return isChromaSubsampled ? 3 : 2 * channels;
  return channels * bytesPerChannel + 1;
}

/** Memory for a pixel of many channels, from where it is more than its format's: about half of what they take in the file. */
const bytesOfChannels = ({ channels = 3, bytesPerChannel = 1 }: PictureHeader): number =>
  (channels * bytesPerChannel) / 2;

/** The default of `maxPixels` for a file of so many bytes. */
export function defaultMaxPixels(bytes: number, header: PictureHeader): number {
  const each = Math.max(bytesPerPixel[header.format] ?? 20, bytesOfChannels(header)) + bytesForPasses(header);
  const photo = (pixelsPerByte[header.format] ?? 0) * bytes;
  return Math.floor(Math.min(Math.max((floor + 4 * bytes) / each, photo), cap));
}

/** A file of a hundred bytes may ask for gigabytes. @throws ZooError `data` for more pixels than are decoded. */
export function requirePixelLimit(name: string, file: Uint8Array, header: PictureHeader, maxPixels?: number): void {
  const { width, height } = header;
  if (Math.max(width, height) > maxSide)
    throw new ZooError(
      'data',
      `${name}: has ${width}x${height} pixels, expected at most ${maxSide} on a side. Cut it into smaller pictures.`,
    );
  if ((header.channels ?? 0) > maxChannels)
    throw new ZooError(
      'data',
      `${name}: has ${header.channels} channels, expected at most ${maxChannels}. Keep red, green and blue alone.`,
    );
  const limit = maxPixels ?? defaultMaxPixels(file.length, header);
  if (width * height <= limit) return;
  // Who set no limit may use a program that has no option for one.
  const raised = maxPixels === undefined ? '' : ', or raise maxPixels';
  throw new ZooError(
    'data',
    `${name}: has ${width}x${height} pixels in ${file.length} bytes, more than the ${limit} that are decoded. Scale it down first${raised}.`,
  );
}
