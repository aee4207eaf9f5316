/** Converts big-endian elements of `size` bytes to little-endian ones, or vice versa. */
export function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = bytes.slice();
  if (size > 1)
    for (let start = 0; start + size <= swapped.length; start += size) swapped.subarray(start, start + size).reverse();
  return swapped;
}
