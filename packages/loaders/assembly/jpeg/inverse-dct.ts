// The inverse DCT of 8 x 8 coefficients in whole numbers (Loeffler, Ligtenberg and Moschytz 1989), rounded where libjpeg rounds it
// (jidctint.c): the same bytes.

/** The constants, times 2^13. */
const constantBits: i32 = 13;
const c0298: i32 = 2446;
const c0390: i32 = 3196;
const c0541: i32 = 4433;
const c0765: i32 = 6270;
const c0899: i32 = 7373;
const c1175: i32 = 9633;
const c1501: i32 = 12299;
const c1847: i32 = 15137;
const c1961: i32 = 16069;
const c2053: i32 = 16819;
const c2562: i32 = 20995;
const c3072: i32 = 25172;
/** Bits of a fraction that the columns keep for the rows. */
const fractionBits: i32 = 2;

/** What the columns give to the rows: eight vectors of eight. */
const between = memory.data(128, 16);

/** Factors of two interleaved vectors, whose products are added. */
@inline
function factors(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
}

/** The first four, or the last four, of two vectors, interleaved. */
@inline
function lower(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
@inline
function upper(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Rounds 32 bits to 16, and stores them. */
@inline
function storeRounded(at: usize, low: v128, high: v128, shift: i32): void {
  const half = i32x4.splat(1 << (shift - 1));
  const rounded = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, half), shift),
    i32x4.shr_s(i32x4.add(high, half), shift),
  );
  v128.store(at, rounded);
}

/**
 * The sum of an even and an odd part, and their difference, each rounded.
 *
 * @param lowPair, highPair Interleaved rows: what the odd part is beside `oddLow` and `oddHigh`, times their factors.
 */
@inline
function storePair(
  plus: usize,
  minus: usize,
  low: v128,
  high: v128,
  lowPair: v128,
  highPair: v128,
  pairFactors: v128,
  oddLow: v128,
  oddHigh: v128,
  shift: i32,
): void {
  const lowSum = i32x4.add(i32x4.dot_i16x8_s(lowPair, pairFactors), oddLow);
  const highSum = i32x4.add(i32x4.dot_i16x8_s(highPair, pairFactors), oddHigh);
  storeRounded(between + plus * 16, i32x4.add(low, lowSum), i32x4.add(high, highSum), shift);
  storeRounded(between + minus * 16, i32x4.sub(low, lowSum), i32x4.sub(high, highSum), shift);
}

/** One dimension of eight columns at once, from eight rows to `between`. */
@inline
function transform(
  r0: v128,
  r1: v128,
  r2: v128,
  r3: v128,
  r4: v128,
  r5: v128,
  r6: v128,
  r7: v128,
  shift: i32,
): void {
  // The even part.
  const low26 = lower(r2, r6);
  const high26 = upper(r2, r6);
  const twoFactors = factors(c0541, c0541 - c1847);
  const threeFactors = factors(c0541 + c0765, c0541);
  const low2 = i32x4.dot_i16x8_s(low26, twoFactors);
  const high2 = i32x4.dot_i16x8_s(high26, twoFactors);
  const low3 = i32x4.dot_i16x8_s(low26, threeFactors);
  const high3 = i32x4.dot_i16x8_s(high26, threeFactors);
  const sum = i16x8.add(r0, r4);
  const difference = i16x8.sub(r0, r4);
  const low0 = i32x4.shl(i32x4.extend_low_i16x8_s(sum), constantBits);
  const high0 = i32x4.shl(i32x4.extend_high_i16x8_s(sum), constantBits);
  const low1 = i32x4.shl(i32x4.extend_low_i16x8_s(difference), constantBits);
  const high1 = i32x4.shl(i32x4.extend_high_i16x8_s(difference), constantBits);
  // The odd part.
  const z3 = i16x8.add(r7, r3);
  const z4 = i16x8.add(r5, r1);
  const lowZ = lower(z3, z4);
  const highZ = upper(z3, z4);
  const z3Factors = factors(c1175 - c1961, c1175);
  const z4Factors = factors(c1175, c1175 - c0390);
  const lowZ3 = i32x4.dot_i16x8_s(lowZ, z3Factors);
  const highZ3 = i32x4.dot_i16x8_s(highZ, z3Factors);
  const lowZ4 = i32x4.dot_i16x8_s(lowZ, z4Factors);
  const highZ4 = i32x4.dot_i16x8_s(highZ, z4Factors);
  const low71 = lower(r7, r1);
  const high71 = upper(r7, r1);
  const low53 = lower(r5, r3);
  const high53 = upper(r5, r3);
  const odd0 = factors(c0298 - c0899, -c0899);
  const odd1 = factors(c2053 - c2562, -c2562);
  const odd2 = factors(-c2562, c3072 - c2562);
  const odd3 = factors(-c0899, c1501 - c0899);
  storePair(0, 7, i32x4.add(low0, low3), i32x4.add(high0, high3), low71, high71, odd3, lowZ4, highZ4, shift);
  storePair(1, 6, i32x4.add(low1, low2), i32x4.add(high1, high2), low53, high53, odd2, lowZ3, highZ3, shift);
  storePair(2, 5, i32x4.sub(low1, low2), i32x4.sub(high1, high2), low53, high53, odd1, lowZ4, highZ4, shift);
  storePair(3, 4, i32x4.sub(low0, low3), i32x4.sub(high0, high3), low71, high71, odd0, lowZ3, highZ3, shift);
}

/** A row of `between`. */
@inline
function row(index: usize): v128 {
  return v128.load(between + index * 16);
}

/** Row `index` of coefficients, times their quantisers. */
@inline
function dequantized(coefficients: usize, quantizers: usize, index: usize): v128 {
  return i16x8.mul(v128.load(coefficients + index * 16), v128.load(quantizers + index * 16));
}

/** Two rows of eight values as sixteen bytes, half of the range higher. */
@inline
function bytes(index: usize): v128 {
  return v128.xor(i8x16.narrow_i16x8_s(row(index), row(index + 1)), i8x16.splat(-128));
}

// Decoders differ in what they do with values that no picture has: some keep the lower 16 bits, some the largest number of 16 bits, some
// more bits, with SSE2 (jidctint-sse2.asm), Neon (jidctint-neon.c) or neither (jidctint.c). Only damage brings such values. Here nothing
// may overflow in any of them: a picture has products up to 1024, 4096 between columns and rows, and samples from -128 to 127, and may
// have a few times as much where its factors are coarse.

/** Values between columns and rows, of which two are added: less than 2^14, or -2^14. */
const largestBetween: i16 = (1 << 14) - 1;
const leastBetween: i16 = -(1 << 14);
/** Beyond these samples jidctint.c begins anew from the other end (its range limit table has 1,024 entries). */
const largestSample: i32 = 511;
const leastSample: i32 = -512;

/** Whether any of the eight rows of `between` is beyond the bounds. */
@inline
function isBeyond(least: i16, largest: i16): bool {
  const most = i16x8.max_s(
    i16x8.max_s(i16x8.max_s(row(0), row(1)), i16x8.max_s(row(2), row(3))),
    i16x8.max_s(i16x8.max_s(row(4), row(5)), i16x8.max_s(row(6), row(7))),
  );
  const fewest = i16x8.min_s(
    i16x8.min_s(i16x8.min_s(row(0), row(1)), i16x8.min_s(row(2), row(3))),
    i16x8.min_s(i16x8.min_s(row(4), row(5)), i16x8.min_s(row(6), row(7))),
  );
  return v128.any_true(
    v128.or(i16x8.gt_s(most, i16x8.splat(largest)), i16x8.lt_s(fewest, i16x8.splat(least))),
  );
}

/** What products of row `index` have beyond 2^14: zeros for less. */
@inline
function beyondProducts(coefficients: usize, quantizers: usize, index: usize): v128 {
  return i16x8.q15mulr_sat_s(v128.load(coefficients + index * 16), v128.load(quantizers + index * 16));
}

/** Whether two products, of which some are added, may be more than 16 bits. */
@inline
function areProductsLarge(coefficients: usize, quantizers: usize): bool {
  const first = v128.or(
    v128.or(beyondProducts(coefficients, quantizers, 0), beyondProducts(coefficients, quantizers, 1)),
    v128.or(beyondProducts(coefficients, quantizers, 2), beyondProducts(coefficients, quantizers, 3)),
  );
  const last = v128.or(
    v128.or(beyondProducts(coefficients, quantizers, 4), beyondProducts(coefficients, quantizers, 5)),
    v128.or(beyondProducts(coefficients, quantizers, 6), beyondProducts(coefficients, quantizers, 7)),
  );
  return v128.any_true(v128.or(first, last));
}

/** A block whose first coefficient alone is not zero is of one value. @returns Whether it is one that a picture can have. */
export function flatBlock(coefficients: usize, quantizers: usize, target: usize, stride: usize): bool {
  const product = <i32>load<i16>(coefficients) * <i32>load<i16>(quantizers);
  const value = ((product << fractionBits) + (1 << (fractionBits + 2))) >> (fractionBits + 3);
  if (value < leastSample || value > largestSample) return false;
  const eight = i64x2.extract_lane(i8x16.splat(<i8>(min(max(value, -128), 127) + 128)), 0);
  for (let y = 0; y < 8; y++, target += stride) store<i64>(target, eight);
  return true;
}

/**
 * The bytes of a block, 8 rows of 8.
 *
 * @param coefficients 64 of two bytes, by rows.
 * @param quantizers Their factors, likewise.
 * @param stride From one row of the target to the next.
 * @returns Whether it is one that a picture can have.
 */
export function inverseDct(coefficients: usize, quantizers: usize, target: usize, stride: usize): bool {
  if (areProductsLarge(coefficients, quantizers)) return false;
  transform(
    dequantized(coefficients, quantizers, 0),
    dequantized(coefficients, quantizers, 1),
    dequantized(coefficients, quantizers, 2),
    dequantized(coefficients, quantizers, 3),
    dequantized(coefficients, quantizers, 4),
    dequantized(coefficients, quantizers, 5),
    dequantized(coefficients, quantizers, 6),
    dequantized(coefficients, quantizers, 7),
    constantBits - fractionBits,
  );
  if (isBeyond(leastBetween, largestBetween)) return false;
  // Rows become columns.
  const a0 = lower(row(0), row(4));
  const a1 = upper(row(0), row(4));
  const a2 = lower(row(1), row(5));
  const a3 = upper(row(1), row(5));
  const a4 = lower(row(2), row(6));
  const a5 = upper(row(2), row(6));
  const a6 = lower(row(3), row(7));
  const a7 = upper(row(3), row(7));
  const b0 = lower(a0, a4);
  const b1 = upper(a0, a4);
  const b2 = lower(a1, a5);
  const b3 = upper(a1, a5);
  const b4 = lower(a2, a6);
  const b5 = upper(a2, a6);
  const b6 = lower(a3, a7);
  const b7 = upper(a3, a7);
  transform(
    lower(b0, b4),
    upper(b0, b4),
    lower(b1, b5),
    upper(b1, b5),
    lower(b2, b6),
    upper(b2, b6),
    lower(b3, b7),
    upper(b3, b7),
    constantBits + fractionBits + 3,
  );
  if (isBeyond(<i16>leastSample, <i16>largestSample)) return false;
  // Columns become rows again, as bytes.
  const c01 = bytes(0);
  const c23 = bytes(2);
  const c45 = bytes(4);
  const c67 = bytes(6);
  const d0 = i8x16.shuffle(c01, c45, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const d1 = i8x16.shuffle(c01, c45, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const d2 = i8x16.shuffle(c23, c67, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const d3 = i8x16.shuffle(c23, c67, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const e0 = i8x16.shuffle(d0, d2, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const e1 = i8x16.shuffle(d0, d2, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const e2 = i8x16.shuffle(d1, d3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const e3 = i8x16.shuffle(d1, d3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  target = storeRows(target, stride, e0, e2);
  storeRows(target, stride, e1, e3);
  return true;
}

/** Four rows, of which two are in the first and the last halves of interleaved vectors. */
@inline
function storeRows(target: usize, stride: usize, even: v128, odd: v128): usize {
  const first = i8x16.shuffle(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const second = i8x16.shuffle(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store_lane<i64>(target, first, 0);
  v128.store_lane<i64>(target + stride, first, 1);
  v128.store_lane<i64>(target + stride * 2, second, 0);
  v128.store_lane<i64>(target + stride * 3, second, 1);
  return target + stride * 4;
}
