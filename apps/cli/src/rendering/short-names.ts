/** Names without the folders that all have in common: as much as tells them apart, in a table. */
export function shortNames(images: readonly string[]): ReadonlyMap<string, string> {
  const parts = images.map((image) => image.split(/[\\/]/));
  const [first = []] = parts;
  const shared = first.findIndex((part, place) => parts.some((one) => one.length <= place + 1 || one[place] !== part));
  return new Map(images.map((image, index) => [image, parts[index]?.slice(Math.max(0, shared)).join('/') ?? image]));
}
