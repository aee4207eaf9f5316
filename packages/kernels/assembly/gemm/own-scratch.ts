/** How the scratch that a thread has for itself is laid out: offsets, in bytes. */
import { blockDepth, tileRows } from './blocking';

/** A tile that hangs over an edge. */
export const spareAt: usize = 0;
/** Addresses of the rows that a panel of A is made of. */
export const rowsAt: usize = 256;
/** For each of those its image's address, its window's first row and first column. */
export const windowsAt: usize = 320;
/** As many zeros as a block is deep. */
export const zerosAt: usize = 512;
/** For each row of a panel, what a window sees that lies half outside of the image. */
export const linesAt: usize = zerosAt + (blockDepth << 2);
/** Blocks of A, of B and of C, as far as a product keeps them here. */
export const blocksAt: usize = linesAt + ((tileRows * blockDepth) << 2);
