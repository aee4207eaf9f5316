import type { Picture } from '@zoo/loaders';

/** A picture in colour that is drawn on. */
export interface Canvas extends Picture {
  readonly channels: 3;
}

/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

export const grey = (shade: number): Colour => [shade, shade, shade];

/** A canvas of one shade. */
export const canvasOf = (width: number, height: number, shade: number): Canvas => ({
  width,
  height,
  channels: 3,
  pixels: new Uint8Array(width * height * 3).fill(shade),
});

/** Fills a square of so many pixels, as far as it lies on the canvas. */
export function fillSquare(
  { pixels, width, height }: Canvas,
  { left, top, side }: { left: number; top: number; side: number },
  [red, green, blue]: Colour,
): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + side); x++) {
      const place = (y * width + x) * 3;
      pixels[place] = red;
      pixels[place + 1] = green;
      pixels[place + 2] = blue;
    }
}

/** Lays a picture on the canvas, grey or in colour. */
export function paste(canvas: Canvas, picture: Picture, { left, top }: { left: number; top: number }): void {
  const { width, height, channels, pixels } = picture;
  const at = (place: number): number => pixels[place] ?? 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const place = (y * width + x) * channels;
      const colour: Colour = channels < 3 ? grey(at(place)) : [at(place), at(place + 1), at(place + 2)];
      fillSquare(canvas, { left: left + x, top: top + y, side: 1 }, colour);
    }
}
