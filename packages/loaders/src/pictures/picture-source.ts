import { isOfClass, ZooError } from '@zoo/core';

/** A picture as a file: its bytes, a Blob or File, or its address; in Node also its path. */
export type PictureFile = Uint8Array | ArrayBuffer | Blob | URL | string;

/** Pixels as an `ImageData` has them: four bytes a pixel, red, green, blue and opacity. */
export interface PixelData {
  readonly data: ArrayLike<number> & { readonly BYTES_PER_ELEMENT: number };
  readonly width: number;
  readonly height: number;
  readonly colorSpace?: string;
}

/**
 * What a page draws: `HTMLImageElement`, `HTMLVideoElement`, `VideoFrame`, `HTMLCanvasElement`, `OffscreenCanvas` or
 * `ImageBitmap`. Told apart by their sizes, so that these types can be used where there is no page.
 */
export type DrawnPicture =
  | { readonly naturalWidth: number; readonly naturalHeight: number }
  | { readonly videoWidth: number; readonly videoHeight: number }
  | { readonly displayWidth: number; readonly displayHeight: number }
  | { readonly width: number; readonly height: number };

export type PictureSource = PictureFile | PixelData | DrawnPicture;

export const isBlob = (source: unknown): source is Blob => isOfClass(source, 'Blob') || isOfClass(source, 'File');

export const isPictureFile = (source: unknown): source is PictureFile =>
  typeof source === 'string' ||
  isOfClass(source, 'Uint8Array') ||
  isOfClass(source, 'ArrayBuffer') ||
  isOfClass(source, 'URL') ||
  isBlob(source);

/** @throws ZooError `usage`: what was given is no picture. */
export function refuseSource(where: string, source: unknown, expected: string): never {
  const what = source === null ? 'null' : typeof source === 'object' ? 'an object' : `a value of type ${typeof source}`;
  throw new ZooError('usage', `${where}: ${what} is no source of a picture. Expected ${expected}.`);
}
