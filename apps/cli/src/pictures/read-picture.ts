import { decodeImage, type Picture } from '@zoo/loaders';

/** Luminance of a colour picture (ITU-R BT.601), as PIL's `convert('L')` computes it. A grey picture keeps its values. */
export function toGrey({ pixels, height, width, channels }: Picture): Picture {
  const grey = new Uint8Array(height * width);
  for (let index = 0; index < grey.length; index++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * channels, index * channels + 3);
    grey[index] = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
  }
  return { pixels: grey, height, width, channels: 1 };
}

/** Decodes a picture file with as many channels as a network takes. */
export async function readPicture(file: string, channels: number): Promise<Picture> {
  const picture = await decodeImage(file);
  return channels === 1 ? toGrey(picture) : picture;
}
