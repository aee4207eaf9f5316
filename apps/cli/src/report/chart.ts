import { element, escaped } from './markup.ts';
import { chartType, palette } from './palette.ts';

/** Text at a place. */
export const label = (text: string, attributes: Record<string, string | number | undefined>): string =>
  element('text', attributes, escaped(text));

/** A drawing that stands alone as a file and inside a page. `title` and `description` are read out to who cannot see it. */
export function chart(
  {
    width,
    height,
    title,
    description,
    style = '',
  }: Record<'width' | 'height', number> & Record<'title' | 'description', string> & { style?: string },
  ...content: readonly string[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'zoo',
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width: Math.round(width),
      height: Math.round(height),
      role: 'img',
    },
    element('title', {}, escaped(title)),
    element('desc', {}, escaped(description)),
    `<style>${palette}\n${chartType}\n${style.trim()}</style>`,
    ...content,
  );
}
