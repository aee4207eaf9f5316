import { buffer } from 'node:stream/consumers';
import { decodeImage, type Picture, toGrey } from '@zoo/loaders';
import { shownName, standardInput } from './named-pictures.ts';

/** Decodes a picture by its path, its address, or `-` for standard input, with as many channels as a network takes. */
export async function readPicture(name: string, channels: number): Promise<Picture> {
  const picture =
    name === standardInput ? await decodeImage(await buffer(process.stdin), shownName(name)) : await decodeImage(name);
  return channels === 1 ? toGrey(picture) : picture;
}
