export { copy, reordered } from './strided/copy.ts';
export { transposed } from './strided/transposed.ts';
export { isContiguous, permuted, reversed, splitAxis, type View, viewOf } from './strided/view.ts';
