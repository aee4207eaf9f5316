import { printableName } from '@zoo/core';

/** A name in a line of text: line breaks and what a terminal obeys as escapes, and in quotes where spaces at an end would not be seen. */
export function shownName(name: string): string {
  const shown = printableName(name);
  return shown === shown.trim() && shown !== '' ? shown : `"${shown}"`;
}
