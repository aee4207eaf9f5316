import { greyToRgb, toRgb } from './colours';
import { doubleBoth, doubleColumns } from './upsample';

/**
 * RGB of decoded samples, row by row. Up to 45 bytes behind the last pixel are written too.
 *
 * @param luma Y, in rows of `lumaStride` bytes.
 * @param blue Cb, and `red` Cr, both in rows of `chromaStride` bytes, with a byte to spare before and behind each; 0 for a grey picture.
 * @param chromaWidth Columns of samples, `chromaHeight` rows.
 * @param hasHalfColumns Whether a sample of chroma is for two columns, `hasHalfRows` for two rows.
 * @param scratch Room for two rows of pixels, a byte each, and 32 bytes more.
 */
export function toPixels(
  luma: usize,
  lumaStride: usize,
  blue: usize,
  red: usize,
  chromaStride: usize,
  chromaWidth: i32,
  chromaHeight: i32,
  hasHalfColumns: bool,
  hasHalfRows: bool,
  scratch: usize,
  width: i32,
  height: i32,
  target: usize,
): void {
  const rowBytes = <usize>width * 3;
  const redRow = scratch + ((<usize>width + 31) & ~15);
  for (let y = 0; y < height; y++, luma += lumaStride, target += rowBytes) {
    if (blue == 0) {
      greyToRgb(luma, width, target);
      continue;
    }
    const near = hasHalfRows ? y >> 1 : y;
    const at = <usize>near * chromaStride;
    if (!hasHalfColumns) {
      toRgb(luma, blue + at, red + at, width, target);
      continue;
    }
    if (hasHalfRows) {
      const next = min(max(near + ((y & 1) == 0 ? -1 : 1), 0), chromaHeight - 1);
      const other = <usize>next * chromaStride;
      doubleBoth(blue + at, blue + other, chromaWidth, scratch);
      doubleBoth(red + at, red + other, chromaWidth, redRow);
    } else {
      doubleColumns(blue + at, chromaWidth, scratch);
      doubleColumns(red + at, chromaWidth, redRow);
    }
    toRgb(luma, scratch, redRow, width, target);
  }
}
