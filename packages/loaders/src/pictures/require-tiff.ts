import { ZooError } from '@zoo/core';
import { tiffTags } from './tiff-tags.ts';

/** Value types of libvips with a known range of colours. Those of Lab have their own. */
const rangedTypes: readonly string[] = ['uchar', 'ushort'];

const [kindTag, compressionTag, colourTag, yCbCr, jpeg] = [254, 259, 262, 6, 7];

/**
 * What a TIFF may hold and decoders take for something else, without a word: a preview for the picture, as in camera raw, numbers of no known range, which become black or white,
 * and brightness with two colour differences (YCbCr), which is taken for red, green, blue unless it is JPEG's.
 *
 * @param depth, space As libvips names them.
 * @throws ZooError `corrupt-file`.
 */
export function requireTiffColours(file: Uint8Array, name: string, depth: string, space: string): void {
  const refuse = (found: string, expected: string) => {
    throw new ZooError('corrupt-file', `${name}: TIFF ${found}, expected ${expected}; convert it first.`);
  };
  if (!rangedTypes.includes(depth) && space !== 'labs')
    refuse(`of ${depth} values, which have no known range of brightness`, '8 or 16 bits without a sign');
  const tags = tiffTags(file);
  // What the other directories hold is not read.
  if (((tags.get(kindTag) ?? 0) & 1) === 1)
    refuse('that begins with a small preview, as camera raw (DNG, NEF, ARW) does', 'the picture itself first');
  if (tags.get(colourTag) === yCbCr && tags.get(compressionTag) !== jpeg)
    refuse('in YCbCr without JPEG compression', 'red, green, blue');
}
