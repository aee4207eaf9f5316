import { readFile } from 'node:fs/promises';
import { ZooError } from '@zoo/core';
import type { Picture } from '../image.ts';
import { pictureFormat } from './picture-format.ts';

const supported = ['PNG', 'JPEG', 'WebP'];

async function readPicture(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    const what = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : `cannot be read (${code})`;
    throw new ZooError('not-found', `${file}: ${what}, expected a PNG, JPEG or WebP picture.`, { cause: error });
  }
}

/** See the package's `decodeImage`. */
export async function decodeImage(source: Uint8Array | string, name: string): Promise<Picture> {
  const file = typeof source === 'string' ? await readPicture(source) : source;
  const format = pictureFormat(file);
  if (!format || !supported.includes(format)) {
    const found = file.length === 0 ? 'it is empty' : `it is ${format ? `a ${format} file` : 'no picture known here'}`;
    throw new ZooError('corrupt-file', `${name}: ${found}, expected PNG, JPEG or WebP; convert it first.`);
  }
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(file, { failOn: 'error', autoOrient: true })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    // A plain view: a Buffer compares and slices differently from every other picture.
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return { pixels, height: info.height, width: info.width, channels: info.channels };
  } catch (error) {
    const what = (error instanceof Error ? error.message : String(error)).trim().split('\n')[0];
    throw new ZooError('corrupt-file', `${name}: damaged or cut short ${format} file (${what}); replace it.`, {
      cause: error,
    });
  }
}
