import { columnsOf } from './columns-of.ts';

const further = '  ';

/**
 * Text in lines of at most this many columns, broken between words; a word that is longer stands by itself. What is set in, as in a
 * list, goes on two columns further in.
 */
export function wrapped(text: string, width: number): string[] {
  const [indent = ''] = /^ */.exec(text) ?? [];
  const hanging = indent === '' ? '' : indent + further;
  const lines: string[] = [];
  for (const word of text.slice(indent.length).split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(indent + word);
    else if (columnsOf(last) + 1 + columnsOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(hanging + word);
  }
  return lines;
}
