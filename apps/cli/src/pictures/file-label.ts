/** A class's name as a part of a file's: `T-shirt/top` as `t-shirt-top`. */
export const fileNameOf = (label: string): string =>
  label
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'class';
