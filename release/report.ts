import { type Column, columns } from './setups.ts';

/** How one step of one row went. */
export interface Cell {
  row: string;
  column: string;
  seconds: number;
  /** Why it failed, where it did. */
  error?: string;
}

/** What a package brings along. */
export interface Weight {
  name: string;
  packages: number;
  megabytes: number;
  /** Packages that would run a script at install time. */
  scripts: string[];
}

/** Every step that was taken or not reached. */
export class Cells {
  readonly all: Cell[] = [];

  /** Takes a step, and says so. Gives whether it went well. */
  async take(row: string, column: string, step: () => Promise<void>): Promise<boolean> {
    const start = performance.now();
    let error: string | undefined;
    try {
      await step();
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason);
    }
    const seconds = (performance.now() - start) / 1000;
    this.all.push({ row, column, seconds, ...(error !== undefined && { error }) });
    process.stdout.write(
      `${error === undefined ? 'ok  ' : 'FAIL'} ${row}: ${column}, ${seconds.toFixed(1)} s${error ? `\n     ${error.replaceAll('\n', '\n     ')}` : ''}\n`,
    );
    return error === undefined;
  }

  /** A step that another one stands in the way of. */
  notReached(row: string, column: string, before: string): void {
    this.all.push({ row, column, seconds: 0, error: `not reached: ${before} failed` });
  }

  get failed(): Cell[] {
    return this.all.filter(({ error }) => error !== undefined);
  }
}

const shown = (cell: Cell | undefined): string => {
  if (!cell) return '';
  if (cell.error?.startsWith('not reached')) return 'x';
  return cell.error === undefined ? cell.seconds.toFixed(1) : 'FAIL';
};

/** Lines of cells, each column as wide as its widest. */
const aligned = (lines: readonly (readonly string[])[]): string => {
  const widths = (lines[0] ?? []).map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, index) => (index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Projects by steps, in seconds. `x`: not reached. */
export function stepTable(cells: readonly Cell[]): string {
  const isColumn = (column: string): column is Column => columns.some((one) => one === column);
  const rows = [...new Set(cells.filter(({ column }) => isColumn(column)).map(({ row }) => row))];
  const used = columns.filter((column) => cells.some((cell) => cell.column === column));
  const table = rows.map((row) => [
    row,
    ...used.map((column) => shown(cells.find((cell) => cell.row === row && cell.column === column))),
  ]);
  return aligned([['seconds', ...used], ...table]);
}

/** What `npm install NAME` brings. */
export const weightTable = (weights: readonly Weight[]): string =>
  aligned([
    ['npm install', 'packages', 'MB', 'would run scripts'],
    ...weights.map(({ name, packages, megabytes, scripts }) => [
      name,
      String(packages),
      megabytes.toFixed(1),
      scripts.join(' ') || 'none',
    ]),
  ]);
