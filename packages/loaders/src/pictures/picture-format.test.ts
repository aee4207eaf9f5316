import { describe, expect, it } from 'vitest';
import { damaged, requireFormat } from './picture-format.ts';
import { leftOutNotice } from './picture-list.ts';

const readable = ['PNG', 'JPEG'];

/** The beginning of a file of ISO's base media format. */
function media(...brands: readonly string[]): Uint8Array {
  const [first = '', ...others] = brands;
  const text = `ftyp${first}\0\0\0\0${others.join('')}`;
  return Uint8Array.from([0, 0, 0, 4 + text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))]);
}

describe('a picture that cannot be decoded', () => {
  it.each([
    ['Unknown error', 'its pixels cannot be decoded'],
    ['', 'its pixels cannot be decoded'],
    ['Input buffer has corrupt header: pngload_buffer: end of stream', 'end of stream'],
    ['VipsJpeg: premature end of JPEG image\nVipsJpeg: out of order read', 'premature end of JPEG image'],
    ['webp2vips: unable to read pixels', 'unable to read pixels'],
    ['Unknown error\ngifload_buffer: Invalid frame data', 'Invalid frame data'],
    ['its content is svg', 'its content is svg'],
  ])('is told by its name and the cause, without words of libraries: %j', (words, why) => {
    expect(damaged('cat.png', 'PNG', new Error(words)).message).toBe(
      `cat.png: damaged or cut short PNG file (${why}); replace it.`,
    );
  });
});

describe('HEIC', () => {
  it.each([[['heic', 'mif1', 'heic']], [['mif1', 'heic']], [['msf1', 'hevc']], [['heix', 'mif1']], [['mif1']]])(
    'is known by its brands, and the message says how to get a JPEG: %j',
    (brands) => {
      expect(() => requireFormat(media(...brands), 'IMG_1.HEIC', readable)).toThrow(
        /^IMG_1\.HEIC: it is a HEIC file, expected PNG or JPEG; convert it to JPEG: on macOS by "sips /,
      );
    },
  );

  it('is not what AVIF is', () => {
    expect(requireFormat(media('mif1', 'avif'), 'a.avif', ['AVIF', 'PNG'])).toBe('AVIF');
  });

  it('is counted in folders with the way to JPEG', () => {
    const notice = leftOutNotice('phone', new Map([['.heic', 3]]));
    expect(notice).toMatch(
      /^phone: 3 files .+ left out: 3 \.heic\. To have \.heic read, convert it to JPEG: on macOS by/,
    );
    expect(leftOutNotice('phone', new Map([['.txt', 3]]))).toBe(
      'phone: 3 files are no pictures that can be read, and are left out: 3 .txt.',
    );
  });
});
