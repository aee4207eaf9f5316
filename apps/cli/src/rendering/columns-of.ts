const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Han, kana, Hangul, their punctuation in full width, and pictures in colour. */
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|\ufe0f|[\u2e80-\u303e\u3200-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;
/** Katakana and Hangul that were made to be narrow. */
const narrow = /^[\uff61-\uffdc]/;
/** What is drawn over the letter before it, or not at all. */
const invisible = /^[\p{Mark}\p{Cf}]+$/u;

const plain = (text: string): boolean =>
  /^[\u0020-\u02ff\u0370-\u0482\u048a-\u04ff\u2010-\u2026\u2500-\u259f]*$/.test(text);

const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

function columnsOfLetter(letter: string): number {
  if (invisible.test(letter)) return 0;
  return wide.test(letter) && !narrow.test(letter) ? 2 : 1;
}

/** Columns of a terminal that a text takes: two for a letter of Chinese, Japanese or Korean, and for an emoji. */
export const columnsOf = (text: string): number =>
  plain(text) ? text.length : lettersOf(text).reduce((sum, letter) => sum + columnsOfLetter(letter), 0);

/** As many of the first letters as these columns hold. */
function lettersThatFit(letters: readonly string[], columns: number): string[] {
  let [count, room] = [0, columns];
  for (const letter of letters) {
    room -= columnsOfLetter(letter);
    if (room < 0) break;
    count += 1;
  }
  return letters.slice(0, count);
}

/** As much of the beginning as these columns hold, whole letters. */
export const startOf = (text: string, columns: number): string =>
  plain(text) ? text.slice(0, Math.max(0, columns)) : lettersThatFit(lettersOf(text), columns).join('');

/** As much of the end as these columns hold, whole letters. */
function lastColumns(text: string, columns: number): string {
  if (plain(text)) return columns > 0 ? text.slice(-columns) : '';
  return lettersThatFit(lettersOf(text).reverse(), columns).reverse().join('');
}

/** Text in at most this many columns: one that is too long loses its end. */
export const shortened = (text: string, columns: number): string =>
  columnsOf(text) <= columns ? text : `${startOf(text, Math.max(1, columns - 1)).trimEnd()}…`;

/** Text in at most this many columns: one that is too long loses its beginning, as a path may. */
export const endOf = (text: string, columns: number): string =>
  columnsOf(text) <= columns ? text : `…${lastColumns(text, Math.max(1, columns - 1))}`;

/** Text with spaces to this many columns. */
export function padded(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - columnsOf(text)));
  return align === 'right' ? spaces + text : text + spaces;
}
