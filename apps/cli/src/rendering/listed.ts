import { thousands } from './quantities.ts';

/** `a, b, and 3 more`: names on a line, those beyond the first few counted. */
export function listed(names: readonly string[], most = 6): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? `, and ${thousands(more)} more` : '');
}

/** The same below each other, set in, a line each. */
export function listedBelow(lines: readonly string[], most = 20): string {
  const more = lines.length - most;
  const shown = [...lines.slice(0, most), ...(more > 0 ? [`and ${thousands(more)} more`] : [])];
  return shown.map((line) => `  ${line}`).join('\n');
}
