import { npyHeaderBytes } from './npy-header.ts';

/** A text's characters as NumPy counts them: whole code points. Half a surrogate pair is none, and becomes U+FFFD. */
const codePoints = (text: string): number[] =>
  Array.from(text.replace(/\p{Surrogate}/gu, '\uFFFD'), (character) => character.codePointAt(0) ?? 0);

/**
 * An array of texts as `numpy.save` writes it: `<U12`, each text in as many characters of four bytes as the longest has, filled
 * with zeros. `numpy.load` reads it without a pickle. As everywhere in NumPy, zeros at a text's end are lost.
 */
export function npyTextBytes(texts: readonly string[]): Uint8Array {
  const rows = texts.map(codePoints);
  const longest = rows.reduce((most, { length }) => Math.max(most, length), 1);
  const header = npyHeaderBytes([texts.length], `<U${longest}`);
  const bytes = new Uint8Array(header.length + 4 * longest * texts.length);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  for (const [row, points] of rows.entries())
    for (const [index, point] of points.entries()) view.setUint32(4 * (row * longest + index), point, true);
  return bytes;
}
