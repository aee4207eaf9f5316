import { isOfClass, ZooError } from '@zoo/core';
import type { Picture } from '../image.ts';
import { pictureFromPixels } from '../pictures/from-pixels.ts';
import { type DecodeOptions, requirePixelLimit } from '../pictures/max-pixels.ts';
import { damaged } from '../pictures/picture-format.ts';
import { type DrawnPicture, type PixelData, refuseSource } from '../pictures/picture-source.ts';
import { requireEnd } from '../pictures/require-end.ts';

export { readWeb as readAddress } from '../pictures/read-web.ts';

/** What browsers decode, and sharp too. */
export const readableFormats: readonly string[] = ['PNG', 'JPEG', 'WebP', 'GIF', 'AVIF', 'BMP'];

const settings: CanvasRenderingContext2DSettings = { willReadFrequently: true, colorSpace: 'srgb' };

/** An invisible canvas, in a page or in a worker. */
function context(width: number, height: number): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const made = typeof OffscreenCanvas === 'undefined' ? ofPage(width, height) : ofWorker(width, height);
  if (made) return made;
  throw tooLarge(width, height);
}

const tooLarge = (width: number, height: number, cause?: unknown) =>
  new ZooError(
    'data',
    `pictureOf: the browser cannot draw ${width}x${height} pixels and read them. Use a smaller picture.`,
    { cause },
  );

const ofWorker = (width: number, height: number) => new OffscreenCanvas(width, height).getContext('2d', settings);

function ofPage(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', settings);
}

function draw(source: CanvasImageSource, width: number, height: number): Picture {
  if (width === 0 || height === 0) return { pixels: new Uint8Array(), width, height, channels: 3 };
  const canvas = context(width, height);
  try {
    canvas.drawImage(source, 0, 0, width, height);
    return pictureFromPixels(canvas.getImageData(0, 0, width, height, { colorSpace: 'srgb' }));
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'SecurityError')) throw tooLarge(width, height, cause);
    throw new ZooError(
      'usage',
      "pictureOf: the picture comes from another origin, and this page may not read its pixels. Set crossOrigin = 'anonymous' before its src, and have its server allow it (Access-Control-Allow-Origin).",
      { cause },
    );
  }
}

/** What `pictureOf` takes. */
export const pictureSources =
  'an <img>, a <video>, a canvas, an ImageBitmap, a VideoFrame, ImageData, a Blob, bytes or an address';

/** See `pictureOf`. */
export async function pictureFromDrawing(source: DrawnPicture | PixelData): Promise<Picture> {
  if (isOfClass(source, 'HTMLImageElement')) {
    // One without a source is complete, and has no picture.
    await source.decode().catch((cause: unknown) => {
      throw new ZooError('data', `pictureOf: the <img> has no picture, '${source.currentSrc}' cannot be shown.`, {
        cause,
      });
    });
    return draw(source, source.naturalWidth, source.naturalHeight);
  }
  if (isOfClass(source, 'HTMLVideoElement')) {
    if (source.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
      throw new ZooError('data', 'pictureOf: the <video> has no frame yet. Wait for its event loadeddata.');
    return draw(source, source.videoWidth, source.videoHeight);
  }
  if (isOfClass(source, 'VideoFrame')) return draw(source, source.displayWidth, source.displayHeight);
  if (
    isOfClass(source, 'HTMLCanvasElement') ||
    isOfClass(source, 'OffscreenCanvas') ||
    isOfClass(source, 'ImageBitmap')
  )
    return draw(source, source.width, source.height);
  if (isOfClass(source, 'ImageData')) {
    const bitmap = await createImageBitmap(source);
    const picture = draw(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return picture;
  }
  return refuseSource('pictureOf', source, pictureSources);
}

/** See `decodeImage`. */
export async function decodeFile(
  file: Uint8Array,
  format: string,
  name: string,
  { maxPixels }: DecodeOptions = {},
): Promise<Picture> {
  requireEnd(file, format, name);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([file.slice()]), {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'default',
    });
  } catch (error) {
    throw damaged(name, format, error);
  }
  try {
    requirePixelLimit(name, file, { format, width: bitmap.width, height: bitmap.height }, maxPixels);
    return draw(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

// In a worker the browser decodes too.
export { decodeFile as decodeInWorker };
