// YCbCr to RGB (JFIF 1.02; BT.601), rounded where libjpeg rounds (jdcolor.c): the same bytes.
//   R = Y + 1.402 Cr, G = Y - 0.34414 Cb - 0.71414 Cr, B = Y + 1.772 Cb, with Cb and Cr less 128, and factors times 2^16.

/** 1.402 - 1, of which half: products are rounded to 2^-15. */
const redFactor: i16 = 13173;
/** 1.772 - 2, likewise: exact. */
const blueFactor: i16 = -7471;
const greenOfBlue: i32 = -22554;
/** 1 - 0.71414. */
const greenOfRed: i32 = 18734;

/** What green has of eight pixels besides Y. */
@inline
function greenPart(cb: v128, cr: v128): v128 {
  const both = i32x4.splat((greenOfBlue & 0xffff) | (greenOfRed << 16));
  const half = i32x4.splat(1 << 15);
  const low = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 0, 8, 1, 9, 2, 10, 3, 11), both);
  const high = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 4, 12, 5, 13, 6, 14, 7, 15), both);
  const sum = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), 16), i32x4.shr_s(i32x4.add(high, half), 16));
  return i16x8.sub(sum, cr);
}

@inline
function redPart(cr: v128): v128 {
  return i16x8.add(cr, i16x8.q15mulr_sat_s(cr, i16x8.splat(redFactor)));
}

@inline
function bluePart(cb: v128): v128 {
  return i16x8.add(i16x8.add(cb, cb), i16x8.q15mulr_sat_s(cb, i16x8.splat(blueFactor)));
}

/** Three vectors of sixteen bytes, interleaved. */
@inline
function storeInterleaved(target: usize, r: v128, g: v128, b: v128): void {
  const first = i8x16.shuffle(r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  v128.store(target, i8x16.shuffle(first, b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
  const second = i8x16.shuffle(g, r, 5, 0, 22, 6, 0, 23, 7, 0, 24, 8, 0, 25, 9, 0, 26, 10);
  v128.store(target, i8x16.shuffle(second, b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), 16);
  const third = i8x16.shuffle(r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
  v128.store(target, i8x16.shuffle(third, b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), 32);
}

/** A row of pixels, sixteen at a time: up to fifteen more are read and written. */
export function toRgb(y: usize, cb: usize, cr: usize, pixels: i32, target: usize): void {
  const middle = i16x8.splat(128);
  for (let x = 0; x < pixels; x += 16, y += 16, cb += 16, cr += 16, target += 48) {
    const lowY = v128.load_ext<u8>(y);
    const highY = v128.load_ext<u8>(y, 8);
    const lowCb = i16x8.sub(v128.load_ext<u8>(cb), middle);
    const highCb = i16x8.sub(v128.load_ext<u8>(cb, 8), middle);
    const lowCr = i16x8.sub(v128.load_ext<u8>(cr), middle);
    const highCr = i16x8.sub(v128.load_ext<u8>(cr, 8), middle);
    storeInterleaved(
      target,
      i8x16.narrow_i16x8_u(i16x8.add(lowY, redPart(lowCr)), i16x8.add(highY, redPart(highCr))),
      i8x16.narrow_i16x8_u(i16x8.add(lowY, greenPart(lowCb, lowCr)), i16x8.add(highY, greenPart(highCb, highCr))),
      i8x16.narrow_i16x8_u(i16x8.add(lowY, bluePart(lowCb)), i16x8.add(highY, bluePart(highCb))),
    );
  }
}

/** A row of grey pixels as RGB, likewise. */
export function greyToRgb(y: usize, pixels: i32, target: usize): void {
  for (let x = 0; x < pixels; x += 16, y += 16, target += 48) {
    const sixteen = v128.load(y);
    storeInterleaved(target, sixteen, sixteen, sixteen);
  }
}
