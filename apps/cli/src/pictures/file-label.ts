import path from 'node:path';

/** A class's name as a part of a file's: `T-shirt/top` as `t-shirt-top`. */
export const fileNameOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'class';

/** The class that a file's name begins with, as in `cat-103.png`, where it does. The longest name wins. */
export function labelInFileName(file: string, labels: readonly string[]): string | undefined {
  const name = path.basename(file).toLowerCase();
  return labels.filter((label) => name.startsWith(`${fileNameOf(label)}-`)).sort((a, b) => b.length - a.length)[0];
}
