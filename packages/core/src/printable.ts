// Names and labels come out of files that anybody may have written. A terminal obeys control characters (it can be made to clear itself,
// to set its title, to type), and marks of direction show a name as another one.

const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** As in JSON, so that what is printed as JSON stays what it is. */
const asEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text that a terminal or a page shows and does not obey: control characters but line breaks and tabs stand as `\u001b`. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) =>
    character === '\n' || character === '\t' ? character : asEscape(character),
  );

/** A name out of a file (a label, a tensor, a path) as a part of a line: no line breaks or tabs either. */
export const printableName = (name: string): string => name.replace(unprintable, asEscape);

/** Text whose lines have at most so many characters; of longer ones the beginning and the end are kept. */
export function boundedLines(text: string, most = 1000): string {
  const end = most >> 2;
  return text
    .split('\n')
    .map((line) => (line.length > most ? `${line.slice(0, most - end)} [...] ${line.slice(-end)}` : line))
    .join('\n');
}
