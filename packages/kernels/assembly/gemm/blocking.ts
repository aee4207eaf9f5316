/**
 * Sizes of the blocks, after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).
 *
 * A product `C[rows, columns] = A[rows, depth] . B[depth, columns]` is made of tiles of `tileRows x tileColumns` that
 * live in registers while the depth runs. Both operands are packed first, into panels: what a step of a tile needs lies
 * side by side, `tileRows` elements of A and `tileColumns` of B.
 *
 *     a panel of B    blockDepth x 8 elements    8 KB, stays in the first cache while tiles run down a block of A
 *     a block of A    96 x blockDepth           98 KB, stays in the second cache while the panels of B pass by
 *
 * Every tile reads and writes its part of C once a block of depth.
 */

/**
 * With multiply-and-add, 12 accumulators, two vectors of B and one element of A fill 15 of the 16 registers of x64.
 * Without, the product needs a register too, and engines want one for themselves: 6 rows would spill, and did, at half the speed.
 */
export const tileRows = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
export const tileColumns = 8;

export const blockDepth = 256;
export const maxBlockRows = 96;
export const maxBlockColumns = 128;

/** Bytes of a step of a panel. */
export const rowStep: usize = tileRows << 2;
export const columnStep: usize = tileColumns << 2;

/** Bytes of a panel of B. */
// @ts-ignore: decorator
@inline
export function panelBytes(depth: i32): usize {
  return <usize>depth * columnStep;
}
