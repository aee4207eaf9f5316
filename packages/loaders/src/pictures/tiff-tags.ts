const types: Readonly<Record<number, number>> = { 3: 2, 4: 4, 16: 8 };

/** The values in a TIFF's first directory, by their tags. For a truncated file, those that are present. */
export function tiffTags(file: Uint8Array): Map<number, number> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const tags = new Map<number, number>();
  const little = file[0] === 0x49;
  const number = (at: number, bytes: number): number => {
    if (bytes === 2) return view.getUint16(at, little);
    return bytes === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little));
  };
  try {
    // BigTIFF has wider places and counts.
    const big = number(2, 2) === 43;
    const wide = big ? 8 : 4;
    const directory = number(big ? 8 : 4, wide);
    const counted = big ? 8 : 2;
    const length = Math.min(number(directory, counted), 4096);
    for (let i = 0; i < length; i++) {
      const entry = directory + counted + i * (4 + 2 * wide);
      const bytes = types[number(entry + 2, 2)];
      if (bytes !== undefined && bytes <= wide && number(entry + 4, wide) === 1)
        tags.set(number(entry, 2), number(entry + 4 + wide, bytes));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return tags;
}
