/** How many parts of at most `size` a count falls into. */
// @ts-ignore: decorator
@inline
export function ceilDiv(count: i32, size: i32): i32 {
  return (count + size - 1) / size;
}

/** The first multiple of `size` from `count` on. */
// @ts-ignore: decorator
@inline
export function roundUp(count: i32, size: i32): i32 {
  return ceilDiv(count, size) * size;
}
