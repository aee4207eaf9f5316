import { isOfClass, ZooError } from '@zoo/core';
import { decodeFile, pictureFromDrawing, pictureSources, readAddress, readableFormats } from '#pictures';
import type { Picture } from './image.ts';
import { addressName } from './pictures/address-name.ts';
import { pictureFromPixels } from './pictures/from-pixels.ts';
import type { DecodeOptions } from './pictures/max-pixels.ts';
import { requireFormat } from './pictures/picture-format.ts';
import {
  isBlob,
  isPictureFile,
  type PictureFile,
  type PictureSource,
  refuseSource,
} from './pictures/picture-source.ts';

export type { DecodeOptions } from './pictures/max-pixels.ts';
export type { DrawnPicture, PictureFile, PictureSource, PixelData } from './pictures/picture-source.ts';

const nameOf = (source: PictureFile): string => {
  if (typeof source === 'string' || isOfClass(source, 'URL')) return addressName(source);
  return isOfClass(source, 'File') ? source.name : 'picture';
};

async function bytesOf(source: PictureFile): Promise<Uint8Array> {
  if (isBlob(source)) return new Uint8Array(await source.arrayBuffer());
  if (isOfClass(source, 'ArrayBuffer')) return new Uint8Array(source);
  if (typeof source === 'string' || isOfClass(source, 'URL')) return readAddress(source);
  // A view of this realm: decoders ask for its class.
  if (isOfClass(source, 'Uint8Array')) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return refuseSource('decodeImage', source, 'an address, a Blob or File, or bytes; in Node also a path');
}

/**
 * Decodes a PNG, JPEG, WebP, GIF, AVIF or BMP picture, in Node also TIFF, to RGB bytes, upright as its EXIF orientation says. Of
 * several frames or pages it is the first. Greys become three equal channels, 16 bits become 8, an embedded colour profile is converted to sRGB, transparency is dropped (as PIL's `convert('RGB')` does).
 *
 * In a page the browser decodes, in Node sharp does; workers of Node decode plain JPEG themselves, to the bytes of sharp. Opaque PNG and lossless WebP give the same bytes; JPEG and lossy WebP differ
 * by a few steps of 255 between decoders. Behind transparency, a page gives colours as a canvas keeps them: rounded where
 * half transparent, black where fully transparent.
 *
 * @param source The file: its bytes, a Blob or File, or its address; in Node also its path.
 * @param name For messages. Default: the path, the address, or the File's name.
 * @throws ZooError `not-found` without the file, `network` without the address, `corrupt-file` for one that is damaged,
 *   cut short, or another format, `data` for one of more pixels than `maxPixels`, `usage` for what is no file.
 */
export async function decodeImage(
  source: PictureFile,
  name: string = nameOf(source),
  options: DecodeOptions = {},
): Promise<Picture> {
  const bytes = await bytesOf(source);
  return decodeFile(bytes, requireFormat(bytes, name, readableFormats), name, options);
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
  if (typeof source !== 'object' || source === null) return refuseSource('pictureOf', source, pictureSources);
  if ('data' in source && (source.colorSpace ?? 'srgb') === 'srgb' && source.data.BYTES_PER_ELEMENT === 1)
    return pictureFromPixels(source);
  const picture = await pictureFromDrawing(source);
  if (picture.height > 0 && picture.width > 0) return picture;
  throw new ZooError(
    'data',
    `pictureOf: the source has ${picture.width}x${picture.height} pixels, it has no picture yet.`,
  );
}
