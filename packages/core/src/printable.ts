// Names and labels come from untrusted files. A terminal obeys control characters (they can clear it,
// set its title, even type), and bidirectional marks can disguise a name.

const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** As in JSON, so that what is printed as JSON stays what it is. */
const asEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text that is safe for a terminal or a page: control characters other than line breaks and tabs are escaped as `\u001b`. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) =>
    character === '\n' || character === '\t' ? character : asEscape(character),
  );

/** A name from a file (a label, a tensor, a path) as part of a line: line breaks and tabs are escaped too. */
export const printableName = (name: string): string => name.replace(unprintable, asEscape);

/** Text whose lines have at most so many characters; of longer ones the beginning and the end are kept. */
export function boundedLines(text: string, most = 1000): string {
  const end = most >> 2;
  return text
    .split('\n')
    .map((line) => (line.length > most ? `${line.slice(0, most - end)} [...] ${line.slice(-end)}` : line))
    .join('\n');
}
