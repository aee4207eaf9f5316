import type { Picture } from '@zoo/loaders';
import sharp from 'sharp';

export const sharpChannels = (channels: number): 1 | 2 | 3 | 4 => {
  if (channels === 1 || channels === 2 || channels === 3 || channels === 4) return channels;
  throw new Error(`a picture has 1 to 4 channels, not ${channels}`);
};

/** As a PNG file. */
export const pngOf = ({ pixels, height, width, channels }: Picture): Promise<Buffer> =>
  sharp(pixels, { raw: { height, width, channels: sharpChannels(channels) } })
    .png()
    .toBuffer();
