/** Four elements at a time, and one by one what is left over at an end: by the same instructions, so that the results do not depend on the place. */

// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, four: bool): v128 {
  return four ? v128.load(from) : v128.load32_zero(from);
}

// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, four: bool): void {
  if (four) v128.store(to, value);
  else v128.store32_lane(to, value, 0);
}
