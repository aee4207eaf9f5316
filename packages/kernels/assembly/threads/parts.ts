/** How a count falls into parts. */

/** Parts of at most `size` that `count` falls into. */
// @ts-ignore: decorator
@inline
export function parts(count: i32, size: i32): i32 {
  return (count + size - 1) / size;
}

/** The first multiple of `size` from `count` on. */
// @ts-ignore: decorator
@inline
export function roundUp(count: i32, size: i32): i32 {
  return parts(count, size) * size;
}
