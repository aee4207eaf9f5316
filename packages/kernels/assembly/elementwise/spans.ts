/** Kernels that take the elements of their tensors one after another: an item is a span of them. */

/** Elements of a span. */
const length = 1 << 14;

/** Spans of so many elements. */
// @ts-ignore: decorator
@inline
export function spans(count: i32): i32 {
  return (count + length - 1) / length;
}

/** Where a span begins, in bytes. */
// @ts-ignore: decorator
@inline
export function spanStart(span: i32): usize {
  return (<usize>span * length) << 2;
}

/** Where it ends, in bytes. */
// @ts-ignore: decorator
@inline
export function spanEnd(span: i32, count: i32): usize {
  return <usize>min<i32>(count, (span + 1) * length) << 2;
}
