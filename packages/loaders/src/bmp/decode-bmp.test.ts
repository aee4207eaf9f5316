import { describe, expect, it } from 'vitest';
import { decodeImage } from '../index.ts';
import { bmpFiles } from '../testing/bmp-files.ts';

// Chromium reads the same files to the same bytes: tests/browser/pictures.test.ts.
describe.each(bmpFiles())('BMP, $name', ({ file, pixels }) => {
  it('is read to the byte', async () => {
    const picture = await decodeImage(file);
    expect([picture.width, picture.height, picture.channels]).toEqual([11, 5, 3]);
    expect(picture.pixels).toEqual(pixels);
  });

  it('is refused wherever it is cut short', async () => {
    for (const share of [0.1, 0.3, 0.6, 0.95])
      await expect(decodeImage(file.subarray(0, Math.floor(file.length * share)), 'cut')).rejects.toThrow(
        'cut: damaged or cut short BMP file (',
      );
  });
});

it('refuses sizes that no file holds before it takes memory for them', async () => {
  const [first] = bmpFiles();
  if (!first) throw new Error('no files');
  const bomb = first.file.slice();
  new DataView(bomb.buffer).setInt32(18, 60_000, true);
  new DataView(bomb.buffer).setInt32(22, 60_000, true);
  await expect(decodeImage(bomb, 'bomb')).rejects.toThrow('bomb: has 60000x60000 pixels in ');
});
