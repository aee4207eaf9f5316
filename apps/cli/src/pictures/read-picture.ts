import { buffer } from 'node:stream/consumers';
import { fetchFile } from '@zoo/fetch';
import { decodeImage, type Picture } from '@zoo/loaders';
import { isWebAddress, standardInput } from './named-pictures.ts';

/** Luminance of a colour picture (ITU-R BT.601), as PIL's `convert('L')` computes it. A grey picture keeps its values. */
export function toGrey({ pixels, height, width, channels }: Picture): Picture {
  const grey = new Uint8Array(height * width);
  for (let index = 0; index < grey.length; index++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * channels, index * channels + 3);
    grey[index] = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
  }
  return { pixels: grey, height, width, channels: 1 };
}

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
