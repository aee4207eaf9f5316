import type { Picture } from '@zoo/loaders';
import sharp from 'sharp';
import { sharpChannels } from './png.ts';
import { leftPictureSide } from './tiles.ts';

/** A picture as it stands beside the maps of a layer: no larger than there is room, and small ones enlarged in whole pixels. */
export async function leftPictureOf({ pixels, width, height, channels }: Picture): Promise<Picture> {
  const longest = Math.max(width, height);
  const enlarged = Math.max(1, Math.floor(leftPictureSide / longest));
  const share = longest > leftPictureSide ? leftPictureSide / longest : enlarged;
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: sharpChannels(channels) } })
    .resize(Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share)), {
      fit: 'fill',
      kernel: share >= 1 ? 'nearest' : 'lanczos3',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height, channels: info.channels };
}
