const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML shows it. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');

/** A column of a table: its title, and whether it holds numbers. */
export interface Column {
  title: string;
  numeric?: true;
}

const cell = (tag: 'td' | 'th', { numeric }: Column, html: string): string =>
  `<${tag}${numeric ? ' class="numeric"' : ''}>${html}</${tag}>`;

const row = (columns: readonly Column[], cells: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${columns.map((column, index) => cell(tag, column, cells[index] ?? '')).join('')}</tr>`;

/** A table, with a name for style sheets, that scrolls on its own where the page is narrow. Cells are HTML. No line is empty: Markdown would end the block. */
export function htmlTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { total, name }: { total?: readonly string[]; name?: string } = {},
): string {
  return [
    `<div class="${name === undefined ? 'scroll' : `scroll ${name}`}" tabindex="0"><table>`,
    `<thead>${row(
      columns,
      columns.map(({ title }) => title),
      'th',
    )}</thead>`,
    `<tbody>${rows.map((cells) => row(columns, cells)).join('\n')}</tbody>`,
    ...(total ? [`<tfoot>${row(columns, total)}</tfoot>`] : []),
    '</table></div>',
  ].join('\n');
}
