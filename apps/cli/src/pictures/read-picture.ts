import { decodeImage, type Picture, toGrey } from '@zoo/loaders';

/** Decodes a picture file with as many channels as a network takes. */
export async function readPicture(file: string, channels: number): Promise<Picture> {
  const picture = await decodeImage(file);
  return channels === 1 ? toGrey(picture) : picture;
}
