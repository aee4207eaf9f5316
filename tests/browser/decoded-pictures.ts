import { decodeImage } from '@zoo/loaders';
import sharp from 'sharp';
import { bmpFiles } from '../../packages/loaders/src/testing/bmp-files.ts';

/** A picture file, and Node's result for it. Bytes are base64, as they go to a page as text. */
export interface DecodedPicture {
  name: string;
  /** Largest difference between the browser's and Node's decoder that is accepted, of 255. */
  tolerance: number;
  file: string;
  pixels: string;
  width: number;
  height: number;
}

const [width, height] = [96, 64];

/** A smooth picture with an edge, as photographs have both. */
const rows = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
  const smooth = 128 + 90 * Math.sin(x / 9 + c) * Math.cos(y / 7 - c);
  return Math.round(x + y > 100 ? 255 - smooth : smooth);
});
const picture = () => sharp(rows, { raw: { width, height, channels: 3 } });

/** Pictures of each kind. */
export async function decodedPictures(): Promise<DecodedPicture[]> {
  const files: [name: string, tolerance: number, file: sharp.Sharp][] = [
    ['PNG', 0, picture().png()],
    ['PNG, grey', 0, picture().greyscale().toColourspace('b-w').png()],
    ['PNG, a palette', 0, picture().png({ palette: true, colours: 32 })],
    ['PNG, 16 bits', 1, picture().toColourspace('rgb16').png()],
    ['PNG, upright by its EXIF', 0, picture().withMetadata({ orientation: 6 }).png()],
    ['PNG, opaque with an alpha channel', 0, picture().ensureAlpha().png()],
    ['PNG, Display P3', 2, picture().withIccProfile('p3').png()],
    ['WebP, lossless', 0, picture().webp({ lossless: true })],
    ['WebP', 2, picture().webp({ quality: 90 })],
    ['JPEG', 2, picture().jpeg({ quality: 90 })],
    ['JPEG, 4:4:4', 2, picture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' })],
    ['JPEG, grey', 2, picture().greyscale().jpeg()],
    ['JPEG, upright by its EXIF', 2, picture().withMetadata({ orientation: 8 }).jpeg({ quality: 90 })],
    ['GIF', 0, picture().gif()],
    ['AVIF', 4, picture().avif({ quality: 90 })],
    ['JPEG, progressive', 2, picture().jpeg({ progressive: true })],
  ];
  const made = await Promise.all(
    files.map(async ([name, tolerance, one]) => ({ name, tolerance, file: await one.toBuffer() })),
  );
  const bmp = bmpFiles().map(({ name, file }) => ({ name: `BMP, ${name}`, tolerance: 0, file }));
  return Promise.all(
    [...made, ...bmp].map(async ({ name, tolerance, file }) => {
      const { pixels, ...size } = await decodeImage(file);
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
      return { name, tolerance, file: text(file), pixels: text(pixels), width: size.width, height: size.height };
    }),
  );
}
