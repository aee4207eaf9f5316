import { ZooError } from '@zoo/core';

/**
 * Some files of a tar archive (packed or not), in memory. Nothing is written anywhere, so nothing in the archive can
 * leave its folder.
 *
 * @param wanted Path inside the archive and the most bytes it may have.
 * @returns The wanted files that are there.
 */
export async function tarEntries(file: string, wanted: ReadonlyMap<string, number>): Promise<Map<string, Uint8Array>> {
  const tar = await import('tar');
  const entries = new Map<string, Uint8Array>();
  let tooLarge: string | undefined;
  await tar.list({
    file,
    strict: true,
    filter: (name, entry) => {
      const limit = wanted.get(name);
      if (limit === undefined) return false;
      if ((entry.size ?? 0) > limit) tooLarge ??= `${name} has ${entry.size} bytes, expected ${limit} at most`;
      return (entry.size ?? 0) <= limit;
    },
    onReadEntry: (entry) => {
      const pieces: Uint8Array[] = [];
      entry.on('data', (piece) => pieces.push(piece));
      entry.on('end', () => entries.set(entry.path, Buffer.concat(pieces)));
    },
  });
  if (tooLarge) throw new ZooError('corrupt-file', tooLarge);
  return entries;
}
