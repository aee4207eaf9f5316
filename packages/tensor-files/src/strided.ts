export { arranged, copy } from './strided/copy.ts';
export { isContiguous, permuted, reversed, takenApart, type View, viewOf } from './strided/view.ts';
