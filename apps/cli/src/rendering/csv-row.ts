/**
 * What spreadsheets compute instead of showing it: `=HYPERLINK(...)`, `-rf`, also behind spaces and in full width (OWASP, CSV Injection). A
 * number is none.
 */
const isFormula = (text: string): boolean =>
  /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) && Number.isNaN(Number(text));

/** A cell as RFC 4180 has it: in quotes where it holds what divides cells, and behind an apostrophe where it would be a formula. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && isFormula(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row of a table as RFC 4180 has it. */
export const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;
