/** Names without the folders that all have in common: as much as tells them apart, in a table. */
export function shortNames(images: readonly string[]): ReadonlyMap<string, string> {
  const parts = images.map((image) => image.split(/[\\/]/));
  const [first = []] = parts;
  const shared = first.findIndex((part, index) => parts.some((one) => one.length <= index + 1 || one[index] !== part));
  return new Map(images.map((image, index) => [image, parts[index]?.slice(Math.max(0, shared)).join('/') ?? image]));
}
