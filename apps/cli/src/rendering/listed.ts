import { printableName } from '@zoo/core';
import { thousands } from './quantities.ts';
import { shownName } from './shown-name.ts';

/** `a, b, and 3 more`: names on a line, those beyond the first few counted. */
export function listed(names: readonly string[], most = 6): string {
  const more = names.length - most;
  return names.slice(0, most).map(shownName).join(', ') + (more > 0 ? `, and ${thousands(more)} more` : '');
}

/** Lines below each other, set in: a name in one of them cannot begin another. */
export function listedBelow(lines: readonly string[], most = 20): string {
  const more = lines.length - most;
  const shown = [...lines.slice(0, most), ...(more > 0 ? [`and ${thousands(more)} more`] : [])];
  return shown.map((line) => `  ${printableName(line)}`).join('\n');
}
