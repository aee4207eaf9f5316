/** What a folder's name and a class's have in common: case, and signs between words, which may not stand in names of files, do not count. `C++` is not `C`. */
const written = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}+#]+/gu, '-')
    .replace(/^-|-$/g, '');

/**
 * Finds classes by the names of folders: exactly, or else but for case and signs, as `T-shirt/top` in `t-shirt-top`, where only one class
 * is written like that.
 *
 * @param labels Names of the classes.
 * @returns The place of a folder's class, or -1.
 */
export function classFinder(labels: readonly string[]): (folder: string) => number {
  const exactly = new Map<string, number>();
  // The first of two that are called alike.
  for (const [place, label] of [...labels.entries()].reverse()) exactly.set(label.normalize('NFC'), place);
  let loosely: Map<string, number> | undefined;
  const byWriting = (): Map<string, number> => {
    const found = new Map<string, number>();
    for (const [place, label] of labels.entries()) found.set(written(label), found.has(written(label)) ? -1 : place);
    found.delete('');
    return found;
  };
  return (folder) => {
    const place = exactly.get(folder.normalize('NFC'));
    if (place !== undefined) return place;
    loosely ??= byWriting();
    return loosely.get(written(folder)) ?? -1;
  };
}
