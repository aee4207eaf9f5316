// Baseline JPEG (ITU-T T.81) from entropy-coded bytes to RGB, to the bit as libjpeg decodes it by default.
export { takeEntropyCoded } from './entropy-coded';
export { makeTable, tableBytes } from './huffman-table';
export { toPixels } from './pixels';
export { decodeScan } from './scan';
export { placeQuantizers } from './zigzag';

/** Where memory begins that the module does not use itself. */
export function heapStart(): usize {
  return __heap_base;
}
