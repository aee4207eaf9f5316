import { ZooError } from '@zoo/core';
import { decodeFile, pictureFromDrawing, readAddress, readableFormats } from '#pictures';
import type { Picture } from './image.ts';
import { pictureFromPixels } from './pictures/from-pixels.ts';
import { requireFormat } from './pictures/picture-format.ts';
import { isPictureFile, type PictureFile, type PictureSource } from './pictures/picture-source.ts';

export type { DrawnPicture, PictureFile, PictureSource, PixelData } from './pictures/picture-source.ts';

const nameOf = (source: PictureFile): string => {
  if (typeof source === 'string' || source instanceof URL) return String(source);
  return typeof File !== 'undefined' && source instanceof File ? source.name : 'picture';
};

/**
 * Decodes a PNG, JPEG, WebP, GIF, AVIF or BMP picture, in Node also TIFF, to RGB bytes, upright as its EXIF orientation says. Of
 * several frames or pages it is the first. Greys become three equal channels, 16 bits become 8, an embedded colour profile is converted to sRGB, transparency is dropped (as PIL's `convert('RGB')` does).
 *
 * In a page the browser decodes, in Node sharp does. Opaque PNG and lossless WebP give the same bytes; JPEG and lossy WebP differ
 * by a few steps of 255 between decoders. Behind transparency, a page gives colours as a canvas keeps them: rounded where
 * half transparent, black where fully transparent.
 *
 * @param source The file: its bytes, a Blob or File, or its address; in Node also its path.
 * @param name For messages. Default: the path, the address, or the File's name.
 * @throws ZooError `not-found` without the file, `network` without the address, `corrupt-file` for one that is damaged,
 *   cut short, or another format.
 */
export async function decodeImage(source: PictureFile, name: string = nameOf(source)): Promise<Picture> {
  const bytes =
    source instanceof Blob
      ? new Uint8Array(await source.arrayBuffer())
      : source instanceof ArrayBuffer
        ? new Uint8Array(source)
        : source instanceof Uint8Array
          ? source
          : await readAddress(source);
  return decodeFile(bytes, requireFormat(bytes, name, readableFormats), name);
}

/**
 * The picture of whatever shows one: a file as `decodeImage` takes it, the pixels of an `ImageData`, and in a page an `<img>`,
 * a `<video>` (its frame of this moment), a canvas, an `OffscreenCanvas`, an `ImageBitmap` or a `VideoFrame`, in their own size,
 * whatever size they are shown in. RGB, a byte a value, in sRGB; transparency as in `decodeImage`.
 *
 * @throws ZooError as `decodeImage`; `usage` for a picture of another origin, whose pixels the page may not read, and for
 *   elements of a page in Node; `data` for a source that has no picture yet.
 */
export async function pictureOf(source: PictureSource): Promise<Picture> {
  if (isPictureFile(source)) return decodeImage(source);
  if ('data' in source && (source.colorSpace ?? 'srgb') === 'srgb' && source.data.BYTES_PER_ELEMENT === 1)
    return pictureFromPixels(source);
  const picture = await pictureFromDrawing(source);
  if (picture.height > 0 && picture.width > 0) return picture;
  throw new ZooError(
    'data',
    `pictureOf: the source has ${picture.width}x${picture.height} pixels, it shows nothing yet.`,
  );
}
