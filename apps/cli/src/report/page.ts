import { element, escaped } from './markup.ts';
import { pageStyle } from './page-style.ts';

/** A page that needs no other file. `body` is markup. */
export const page = (title: string, ...body: readonly string[]): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    element('title', {}, escaped(title)),
    element('style', {}, pageStyle),
    '</head>',
    element('body', { class: 'zoo' }, element('main', {}, ...body)),
    '</html>',
    '',
  ].join('\n');

/** A heading, a line about what follows, and that. */
export const section = (title: string, note: string, ...content: readonly string[]): string =>
  element('section', {}, element('h2', {}, escaped(title)), element('p', { class: 'note' }, escaped(note)), ...content);

/** Sentences that a reader has to know to judge the result; nothing where there are none. */
export const remarks = (notes: readonly string[]): string =>
  notes.length === 0
    ? ''
    : element('ul', { class: 'remarks' }, ...notes.map((note) => element('li', {}, escaped(note))));

/** What a page is about, in a line above and one below the headline. */
export const heading = (kicker: string, headline: string, text: string): string =>
  element(
    'header',
    {},
    element('p', { class: 'kicker' }, escaped(kicker)),
    element('h1', {}, escaped(headline)),
    element('p', {}, escaped(text)),
  );

/** Numbers in a row, each below its name. */
export const numberRow = (facts: readonly (readonly [name: string, value: string])[]): string =>
  element(
    'dl',
    { class: 'numbers' },
    ...facts.map(([name, value]) =>
      element('div', {}, element('dt', {}, escaped(name)), element('dd', {}, escaped(value))),
    ),
  );
