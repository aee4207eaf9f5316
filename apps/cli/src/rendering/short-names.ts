import { shownName, standardInput } from '../pictures/named-pictures.ts';

/** Names without the folders that all have in common: as much as tells them apart, in a table. */
export function shortNames(images: readonly string[]): ReadonlyMap<string, string> {
  const parts = images.filter((image) => image !== standardInput).map((image) => image.split(/[\\/]/));
  const [first = []] = parts;
  const shared = first.findIndex((part, index) => parts.some((one) => one.length <= index + 1 || one[index] !== part));
  const from = Math.max(0, shared);
  return new Map(
    images.map((image) => [
      image,
      image === standardInput ? shownName(image) : image.split(/[\\/]/).slice(from).join('/'),
    ]),
  );
}
