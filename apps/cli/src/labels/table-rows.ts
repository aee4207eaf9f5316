/**
 * Rows of a table as RFC 4180 has it: cells in quotes may hold the sign between cells, line breaks, and quotes that are doubled. Empty
 * lines are none. A quote without an end goes on to the end of the text.
 */
export function* tableRows(text: string, separator: string): Generator<string[]> {
  const quotedCell = ' *"([^"]*(?:""[^"]*)*)(?:"|$)';
  const cell = new RegExp(
    `(?:${quotedCell}([^${separator}\\r\\n]*)|([^${separator}\\r\\n]*))(${separator}|\\r\\n?|\\n|$)`,
    'y',
  );
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) break;
    const [, inQuotes, behind = '', plain = '', end] = found;
    row.push((inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"') + behind).trim());
    if (end === separator) continue;
    if (row.length > 1 || row[0] !== '') yield row;
    row = [];
  }
  if (row.length > 0) yield [...row, ''];
}

/** Of a table of classes: ImageNet has 21,841. */
export const mostRows = 50_000;

/** A table whose rows have all as many cells, two or more; `undefined` for others, and for those of more than 50,000 rows. */
export function evenRows(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [];
  for (const row of tableRows(text, separator)) {
    if (row.length < 2 || row.length !== (rows[0] ?? row).length || rows.length === mostRows) return undefined;
    rows.push(row);
  }
  return rows.length > 0 ? rows : undefined;
}
