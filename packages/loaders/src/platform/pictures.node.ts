import { isZooError, ZooError } from '@zoo/core';
import { openForReading, pathOfUrl } from '@zoo/core/files';
import type { Sharp } from 'sharp';
import { bmpHeader } from '../bmp/bmp-header.ts';
import { decodeBmp } from '../bmp/decode-bmp.ts';
import type { Picture } from '../image.ts';
import { decodeJpeg } from '../jpeg/decode-jpeg.ts';
import { errorOfItsOwn } from '../pictures/error-of-its-own.ts';
import { jpegHeader } from '../pictures/jpeg-header.ts';
import { type DecodeOptions, type PictureHeader, requirePixelLimit } from '../pictures/max-pixels.ts';
import { damaged, formatList } from '../pictures/picture-format.ts';
import type { DrawnPicture, PixelData } from '../pictures/picture-source.ts';
import { readWeb } from '../pictures/read-web.ts';
import { requireFrameLimit } from '../pictures/require-frame-limit.ts';
import { requireTiffColours } from '../pictures/require-tiff.ts';
import { sizeOfTiles } from '../pictures/size-of-tiles.ts';

/** What can be decoded here: what sharp brings a decoder for, and BMP. */
export const readableFormats: readonly string[] = ['PNG', 'JPEG', 'WebP', 'GIF', 'TIFF', 'AVIF', 'BMP'];

async function readPath(path: string): Promise<Uint8Array> {
  const { handle } = await openForReading(path, path, `a picture: ${formatList(readableFormats)}`);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The bytes of a file by its path or address. */
export async function readAddress(address: string | URL): Promise<Uint8Array> {
  const text = String(address);
  if (/^(?:https?:\/\/|data:|blob:)/i.test(text)) return readWeb(address);
  if (/^file:\/\//i.test(text)) return readPath(pathOfUrl(address));
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text))
    throw new ZooError(
      'usage',
      `${text}: is no address that can be read, expected http:, https:, file:, data: or a path.`,
    );
  return readPath(text);
}

function readBmp(file: Uint8Array, name: string, maxPixels: number | undefined): Picture {
  try {
    const { width, height } = bmpHeader(file);
    requirePixelLimit(name, file, { format: 'BMP', width, height }, maxPixels);
    return decodeBmp(file);
  } catch (error) {
    throw isZooError(error) && error.code === 'data' ? error : damaged(name, 'BMP', error);
  }
}

/** sharp's names of the formats. */
const sharpNames: Readonly<Record<string, string>> = {
  PNG: 'png',
  JPEG: 'jpeg',
  WebP: 'webp',
  GIF: 'gif',
  TIFF: 'tiff',
  AVIF: 'heif',
};

async function rgbBytes(image: Sharp): Promise<Picture> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  // A plain view: a Buffer compares and slices differently from every other picture.
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { pixels, height: info.height, width: info.width, channels: info.channels };
}

/** See `decodeImage`. */
export async function decodeFile(
  file: Uint8Array,
  format: string,
  name: string,
  { maxPixels }: DecodeOptions = {},
): Promise<Picture> {
  if (format === 'BMP') return readBmp(file, name, maxPixels);
  requireFrameLimit(file, format, name);
  const { default: sharp } = await import('sharp');
  const open = () => sharp(file, { failOn: 'error', autoOrient: true, limitInputPixels: false });
  try {
    const image = open();
    const usual = format === 'JPEG' ? jpegHeader(file) : undefined;
    if (usual) {
      requirePixelLimit(name, file, usual, maxPixels);
      return await rgbBytes(image.toColourspace('srgb').removeAlpha());
    }
    // The header comes first. What begins like one format may be another to a decoder that looks for itself: drawings in SVG are programs.
    const {
      format: found,
      width,
      height,
      depth,
      space,
      channels,
      isProgressive,
      chromaSubsampling,
    } = await image.metadata();
    if (found !== sharpNames[format]) throw new Error(`its content is ${found}`);
    const header: PictureHeader = {
      format,
      ...(format === 'TIFF' ? sizeOfTiles(file, width, height) : { width, height }),
      channels,
      bytesPerChannel: depth === 'ushort' ? 2 : 1,
      isProgressive,
      isChromaSubsampled: chromaSubsampling === '4:2:0',
    };
    requirePixelLimit(name, file, header, maxPixels);
    if (format === 'TIFF') requireTiffColours(file, name, depth, space);
    // libvips packs a colour of Lab into four bytes, of which sharp takes the last for transparency, and removes it for ever.
    const isPackedLab = space === 'lab' && depth === 'uchar';
    const coloured = image.toColourspace('srgb');
    return await rgbBytes(isPackedLab ? coloured : coloured.removeAlpha());
  } catch (error) {
    if (isZooError(error)) throw error;
    throw damaged(name, format, format === 'JPEG' ? await errorOfItsOwn(error, () => rgbBytes(open())) : error);
  }
}

/**
 * See `decodeImage`, for a thread that has nothing else to do: a plain JPEG is decoded in it, which gives the same bytes in less of the
 * processor's time. sharp decodes everything else, in threads of its own.
 */
export async function decodeInWorker(file: Uint8Array, format: string, name: string): Promise<Picture> {
  return (format === 'JPEG' && decodeJpeg(file)) || decodeFile(file, format, name);
}

/** What `pictureOf` takes. */
export const pictureSources = 'a path, an address, bytes, a Blob, or ImageData in sRGB';

export async function pictureFromDrawing(_source: DrawnPicture | PixelData): Promise<Picture> {
  throw new ZooError('usage', `pictureOf: Node has no canvas to draw it on, expected ${pictureSources}.`);
}
