import { nameTitles, numberTitles } from './labels-of-json.ts';
import { countsUp, inOrder, type NumberedName } from './numbered-names.ts';
import { quoted, refuseLabels } from './refuse-labels.ts';
import { evenRows, mostRows, tableRows } from './table-rows.ts';

type Row = readonly string[];

const isNumber = (cell: string): boolean => /^\d{1,15}$/.test(cell);
/** ImageNet's numbers of classes. */
const isSynset = (cell: string): boolean => /^n\d{8}$/.test(cell);
const cellsOf = (rows: readonly Row[], column: number): string[] => rows.map((row) => row[column] ?? '');

const isTitle = (cell: string | undefined, known: readonly string[]): boolean =>
  known.includes((cell ?? '').toLowerCase().replace(/[\s-]+/g, '_'));

interface Table {
  titles: Row | undefined;
  rows: readonly Row[];
  width: number;
}

/** The column that counts the classes, in any order: one that is called so, or the first. */
function numberColumn({ titles, rows, width }: Table): number {
  const counting = Array.from({ length: width }, (_, column) => column).filter((column) => {
    const cells = cellsOf(rows, column);
    return cells.every(isNumber) && (countsUp(cells.map(Number)) || isTitle(titles?.[column], numberTitles));
  });
  return counting.find((column) => isTitle(titles?.[column], numberTitles)) ?? counting[0] ?? -1;
}

/** The column of names: the only other one, or one that is called so. */
function nameColumn({ titles, rows, width }: Table, number: number): number {
  const others = Array.from({ length: width }, (_, column) => column).filter(
    (column) => column !== number && !cellsOf(rows, column).every(isSynset),
  );
  if (others.length === 1) return others[0] ?? -1;
  const called = nameTitles.map((title) => others.find((column) => isTitle(titles?.[column], [title])));
  return called.find((column) => column !== undefined) ?? -1;
}

/** The table as it is, and with its first row as titles, where it may be titles: no number is one. */
function* readings(all: readonly Row[], width: number): Generator<Table> {
  yield { titles: undefined, rows: all, width };
  const [titles, ...rows] = all;
  if (titles && rows.length > 0 && !titles.some(isNumber)) yield { titles, rows, width };
}

/** A row a picture, not a row a class: names come again and again, or are numbers with decimals or that come again. */
function isOfPictures(names: readonly string[]): boolean {
  const different = new Set(names).size;
  if (names.every((name) => /^-?\d+(?:\.\d+)?$/.test(name)))
    return different < names.length || names.some((name) => name.includes('.'));
  return names.length > 3 && different <= names.length / 2;
}

function ofReading(file: string, table: Table): string[] | undefined {
  const { titles, rows } = table;
  const number = numberColumn(table);
  const name = nameColumn(table, number);
  if (name < 0) return undefined;
  const names = cellsOf(rows, name);
  if (isOfPictures(names)) return undefined;
  if (number >= 0)
    return inOrder(
      file,
      cellsOf(rows, number).map((cell, index): NumberedName => [Number(cell), names[index] ?? '']),
    );
  const bySynset = table.width === 2;
  // A row a class, and not a row a picture.
  const called = isTitle(titles?.[name], nameTitles) && new Set(names).size === names.length;
  return bySynset && cellsOf(rows, 1 - name).every(isSynset) ? names : called ? names : undefined;
}

const isCsv = (file: string): boolean => /\.[ct]sv$/i.test(file);

/**
 * Names in a table with a number beside each, or ImageNet's number, or under a title that says so; `undefined` for what is none.
 *
 * @throws ZooError `data` for a file that is called CSV whose table does not say which classes there are.
 */
export function labelsOfTable(file: string, text: string): string[] | undefined {
  const tables = [',', ';', '\t'].flatMap((separator) => {
    const rows = evenRows(text, separator);
    return rows ? [{ rows, width: rows[0]?.length ?? 0 }] : [];
  });
  for (const { rows, width } of tables)
    for (const reading of readings(rows, width)) {
      const names = ofReading(file, reading);
      if (names) return names;
    }
  if (!isCsv(file)) return undefined;
  const [table] = tables;
  if (table)
    return refuseLabels(
      file,
      `is a table of ${table.width} columns (${(table.rows[0] ?? []).slice(0, 5).map(quoted).join(', ')}), of which none counts the classes from 0 or 1 beside one of names`,
    );
  const names: string[] = [];
  for (const [name = '', ...others] of tableRows(text, ',')) {
    if (others.length > 0 || names.length === mostRows) return undefined;
    names.push(name);
  }
  return isTitle(names[0], nameTitles) ? names.slice(1) : names;
}
