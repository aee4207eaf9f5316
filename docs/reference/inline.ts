import { escaped } from '../views/html.ts';

/** Text of a docstring in parts: what stands between backticks, and the rest. */
const parts = (text: string): { code: boolean; text: string }[] =>
  text.split(/(`[^`]+`)/).map((part) => ({ code: /^`[^`]+`$/.test(part), text: part }));

/** Vue would compute what stands in two braces. */
const withoutBraces = (text: string): string => text.replaceAll('{{', '&#123;&#123;');

/** A docstring as Markdown that holds no HTML: `<name>` is text. */
export const markdownOf = (doc: string): string =>
  parts(doc)
    .map((part) => (part.code ? part.text : withoutBraces(escaped(part.text))))
    .join('');

/** A docstring as HTML of a cell. */
export const htmlOf = (doc: string): string =>
  parts(doc)
    .map((part) =>
      part.code ? `<code v-pre>${escaped(part.text.slice(1, -1))}</code>` : withoutBraces(escaped(part.text)),
    )
    .join('')
    .replace(/\s*\n\s*/g, ' ');

/** Text as the code of a cell. */
export const codeHtml = (text: string): string => (text === '' ? '' : `<code v-pre>${escaped(text)}</code>`);
