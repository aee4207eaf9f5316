import { printable } from '@zoo/core';

type Attribute = string | number | undefined;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML and SVG. Control characters may not. */
export const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** Coordinates to a hundredth: finer than any screen, and files stay small. */
const shown = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);

/** An element of HTML or SVG. Its content is markup already: text goes through `escaped`. */
export function element(name: string, attributes: Record<string, Attribute>, ...content: readonly string[]): string {
  const given = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${shown(value)}"`))
    .join('');
  return content.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${content.join('')}</${name}>`;
}

/** A command to copy: its lines may break between words, but not behind the hyphens of an option. */
export const commandMarkup = (line: string): string =>
  escaped(line).replace(/(?<=^|\s)--?[a-z][a-z-]*/gi, (option) => element('span', { class: 'option' }, option));
