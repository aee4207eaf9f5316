import { describe, expect, it } from 'vitest';
import { defaultMaxPixels, type PictureHeader, requirePixelLimit } from './max-pixels.ts';
import { requireFrameLimit } from './require-frame-limit.ts';

const header = (format: string, width: number, height: number, more: Partial<PictureHeader> = {}): PictureHeader => ({
  format,
  width,
  height,
  ...more,
});
const require = (bytes: number, one: PictureHeader, maxPixels?: number) => () =>
  requirePixelLimit('a', new Uint8Array(bytes), one, maxPixels);

describe('what a picture takes while it is decoded', () => {
  it.each([
    ['PNG', 4000, 3000, {}],
    ['JPEG', 4000, 3000, {}],
    ['WebP', 2000, 2000, {}],
    ['AVIF', 1500, 1500, {}],
  ])('is 48 MiB at most for a small file: %s', (format, width, height, more) => {
    expect(require(300, header(format, width, height, more))).not.toThrow();
    const most = defaultMaxPixels(300, header(format, 1, 1));
    expect(require(300, header(format, 4096, 4096))).toThrow(
      `a: has 4096x4096 pixels in 300 bytes, more than the ${most} that are decoded. Scale it down first.`,
    );
  });

  it('is more where it comes in passes', () => {
    for (const format of ['PNG', 'JPEG']) {
      expect(require(300, header(format, 3000, 3000))).not.toThrow();
      expect(require(300, header(format, 3000, 3000, { isProgressive: true, channels: 3 }))).toThrow(
        'has 3000x3000 pixels',
      );
    }
  });

  it('may be that of photos of 48 million pixels, and more where somebody says so', () => {
    expect(require(6_100_000, header('JPEG', 8064, 6048))).not.toThrow();
    expect(require(300, header('PNG', 9000, 9000), 1e8)).not.toThrow();
    expect(require(300, header('PNG', 9000, 9000), 1e6)).toThrow(
      'more than the 1000000 that are decoded. Scale it down first, or raise maxPixels.',
    );
  });

  it('is more where it has many channels, of which there are no hundreds', () => {
    expect(require(300, header('TIFF', 2000, 2000, { channels: 4, bytesPerChannel: 2 }))).not.toThrow();
    expect(require(300, header('TIFF', 2000, 2000, { channels: 16, bytesPerChannel: 2 }))).toThrow(
      'has 2000x2000 pixels',
    );
    expect(require(300, header('TIFF', 20, 20, { channels: 16 }))).not.toThrow();
    expect(require(300, header('TIFF', 20, 20, { channels: 17 }))).toThrow(
      'a: has 17 channels, expected at most 16. Keep red, green and blue alone.',
    );
  });

  it('has no side of millions', () => {
    expect(require(1e6, header('PNG', 2, 8_000_000))).toThrow(
      'a: has 2x8000000 pixels, expected at most 1048576 on a side. Cut it into smaller pictures.',
    );
  });

  it('has no thousands of frames that nobody sees', () => {
    const frame = [0x41, 0x4e, 0x4d, 0x46, 0, 0, 0, 0];
    const file = (frames: number) =>
      Uint8Array.from([...new Array(12).fill(0), ...new Array(frames).fill(frame).flat()]);
    expect(() => requireFrameLimit(file(2000), 'WebP', 'a')).not.toThrow();
    expect(() => requireFrameLimit(file(2001), 'WebP', 'a')).toThrow(
      'a: has more than 2000 frames. Take one of them out as a picture of its own.',
    );
  });
});
