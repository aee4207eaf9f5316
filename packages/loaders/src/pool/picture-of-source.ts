import { readSource } from '#source';
import type { Picture } from '../image.ts';
import { decodeImage } from '../picture-of.ts';
import { toGrey, toRgb } from '../with-channels.ts';
import type { ExampleSource } from './example-source.ts';

/** Decodes the picture of a source. */
export async function pictureOfSource(source: ExampleSource): Promise<Picture> {
  const { name, channels } = source;
  const picture = await decodeImage(await readSource(source), name);
  if (channels === undefined) return picture;
  return channels === 1 ? toGrey(picture) : toRgb(picture);
}

/** SHA-256 of a source's bytes, in hexadecimal digits. */
export async function sha256OfSource(source: ExampleSource): Promise<string> {
  const bytes = await readSource(source);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
