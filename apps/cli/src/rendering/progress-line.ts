import type { LiveLine } from '../terminal.ts';
import { barOnTrack } from './bar.ts';
import { columnsOf, startOf } from './columns-of.ts';

const maxBarWidth = 30;
const minBarWidth = 8;

/** A bar and facts on one line. On a narrow terminal the bar goes first, then the last facts. */
export function progressLine(share: number, facts: readonly string[], { columns, plain, colours }: LiveLine): string {
  const separator = '   ';
  if (plain) return facts.join(separator);
  const shown = [...facts];
  const length = () => columnsOf(shown.join(separator));
  while (shown.length > 1 && length() > columns - 1) shown.pop();
  const room = columns - 1 - length() - separator.length;
  const text = startOf(shown.join(separator), Math.max(1, columns - 1));
  if (room < minBarWidth) return text;
  return `${colours.cyan(barOnTrack(share, Math.min(maxBarWidth, room)))}${separator}${text}`;
}
