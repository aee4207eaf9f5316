import type { Image } from '../image.ts';

/** Floats as torchvision makes bytes of them, `_misc.py: to_dtype_image`: a byte keeps its value. */
const byteOf = (value: number): number => Math.max(0, Math.min(255, Math.floor((value / 255) * 255.999)));

/** The new value of each byte of a channel; undefined if it has too few values to be spread. PIL, `ImageOps.equalize`. */
function tableOf(counts: Uint32Array, total: number): Uint8Array | undefined {
  const last = counts.findLast((count) => count > 0) ?? 0;
  const step = Math.floor((total - last) / 255);
  if (step === 0) return undefined;
  let sum = Math.floor(step / 2);
  return Uint8Array.from(counts, (count) => {
    const value = Math.min(255, Math.floor(sum / step));
    sum += count;
    return value;
  });
}

/** Spreads the values of each channel so that all are about as frequent, in whole numbers. As torchvision's `equalize`. */
export function equalize(image: Image): Image {
  const { height, width, channels } = image;
  const pixels = Float32Array.from(image.pixels, byteOf);
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Uint32Array(256);
    for (let index = channel; index < pixels.length; index += channels) {
      const value = pixels[index] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const table = tableOf(counts, height * width);
    if (!table) continue;
    for (let index = channel; index < pixels.length; index += channels) pixels[index] = table[pixels[index] ?? 0] ?? 0;
  }
  return { pixels, height, width, channels };
}
