import { buffer } from 'node:stream/consumers';
import { fetchFile } from '@zoo/fetch';
import { decodeImage, type Picture, toGrey } from '@zoo/loaders';
import { isWebAddress, standardInput } from './named-pictures.ts';

/** No picture is larger, however long an answer is. */
const mostBytes = 256e6;

/** What a picture of the web is now, not what it was: nothing is kept. */
async function fetched(address: string): Promise<Uint8Array> {
  const file = await fetchFile(address, { cache: false, maxBytes: mostBytes });
  try {
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}

function decoded(name: string): Promise<Picture> {
  if (name === standardInput) return buffer(process.stdin).then((bytes) => decodeImage(bytes, 'standard input'));
  return isWebAddress(name) ? fetched(name).then((bytes) => decodeImage(bytes, name)) : decodeImage(name);
}

/** Decodes a picture by its path, its address, or `-` for standard input, with as many channels as a network takes. */
export async function readPicture(name: string, channels: number): Promise<Picture> {
  const picture = await decoded(name);
  return channels === 1 ? toGrey(picture) : picture;
}
