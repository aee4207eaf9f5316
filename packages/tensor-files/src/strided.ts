export { arranged, copy } from './strided/copy.ts';
export { transposed } from './strided/transposed.ts';
export { isContiguous, permuted, reversed, takenApart, type View, viewOf } from './strided/view.ts';
