import { decodeFile, type decodeInWorker, readableFormats } from '#pictures';
import { readSource } from '#source';
import type { Picture } from '../image.ts';
import { requireFormat } from '../pictures/picture-format.ts';
import { toGrey, toRgb } from '../with-channels.ts';
import type { ExampleSource } from './example-source.ts';

/**
 * Decodes the picture of a source.
 *
 * @param decode How: in a worker otherwise than in a thread that others wait for.
 */
export async function pictureOfSource(
  source: ExampleSource,
  decode: typeof decodeInWorker = decodeFile,
): Promise<Picture> {
  const { name, channels } = source;
  const file = await readSource(source);
  const picture = await decode(file, requireFormat(file, name, readableFormats), name);
  if (channels === undefined) return picture;
  return channels === 1 ? toGrey(picture) : toRgb(picture);
}

/** SHA-256 of a source's bytes, in hexadecimal digits. */
export async function sha256OfSource(source: ExampleSource): Promise<string> {
  const bytes = await readSource(source);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
