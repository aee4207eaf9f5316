import { ZooError } from '@zoo/core';
import type { Dataset } from './dataset.ts';
import type { Picture } from './image.ts';

/** Luminance of a colour picture (ITU-R BT.601) in the whole numbers of PIL's `convert('L')`. A grey picture keeps its values. */
export function toGrey(picture: Picture): Picture {
  const { pixels, height, width, channels } = picture;
  if (channels === 1) return picture;
  const grey = new Uint8Array(height * width);
  for (let index = 0; index < grey.length; index++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * channels, index * channels + 3);
    // libImaging/Convert.c: L24.
    grey[index] = (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }
  return { pixels: grey, height, width, channels: 1 };
}

/** A grey picture as three equal channels, as PIL's `convert('RGB')` makes it. A colour picture keeps its values. */
export function toRgb(picture: Picture): Picture {
  const { pixels, height, width, channels } = picture;
  if (channels === 3) return picture;
  const rgb = new Uint8Array(height * width * 3);
  for (let index = 0; index < height * width; index++) rgb.fill(pixels[index] ?? 0, 3 * index, 3 * index + 3);
  return { pixels: rgb, height, width, channels: 3 };
}

/**
 * A data set whose pictures have as many channels as a network takes: greys become three equal channels, colours their luminance.
 *
 * @param channels 1 or 3. The data set's own: it is given back as it is.
 * @throws ZooError `data` for any other number.
 */
export function withChannels(dataset: Dataset, channels: number): Dataset {
  if (dataset.channels === channels) return dataset;
  const convert = new Map([
    [1, toGrey],
    [3, toRgb],
  ]).get(channels);
  if (!convert || ![1, 3].includes(dataset.channels))
    throw new ZooError(
      'data',
      `${dataset.name}: its pictures have ${dataset.channels} channels, which cannot become ${channels}. Build the network with inChannels: ${dataset.channels}.`,
    );
  const { sourceOf } = dataset;
  return {
    ...dataset,
    channels,
    ...(sourceOf && { sourceOf: (index) => ({ ...sourceOf(index), channels }) }),
    async example(index) {
      const { label, ...picture } = await dataset.example(index);
      return { ...convert(picture), label };
    },
  };
}
