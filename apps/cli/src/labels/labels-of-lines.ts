import { countsUp, inOrder, type NumberedName } from './numbered-names.ts';
import { refuseLabels } from './refuse-labels.ts';

/** `0: tench`, `0,tench`, `0 tench`. */
const numberedLine = /^["']?(\d+)["']?(\s*[:,;=.)]\s*|\s+)(\S.*)$/;
/** `/a/airfield 0`, as Places365 has them. */
const numberBehind = /^(\S.*?)\s(\d{1,15})$/;

function unquoted(name: string): string {
  const [, quote = '', inner = ''] = /^(["'])(.*)\1$/.exec(name) ?? [];
  return quote === '' ? name : inner.replaceAll(quote + quote, quote);
}

const isQuoted = (lines: readonly string[]): boolean =>
  ['"', "'"].some((quote) => lines.every((line) => line.length > 1 && line.startsWith(quote) && line.endsWith(quote)));

/** `1 star`, `2 stars`, `3 stars`: the numbers are part of the names. ImageNet has two names twice. */
const areMostlyDifferent = (names: readonly string[]): boolean => new Set(names).size > 0.9 * names.length;

/** Numbered names in the order of their numbers, from 0 or 1 upwards. */
function sorted(file: string, numbered: readonly NumberedName[]): string[] | undefined {
  const order = numbered.toSorted(([a], [b]) => a - b);
  const [first = 2] = order[0] ?? [];
  const gap = order.findIndex(([number], index) => number !== first + index);
  // `2001: A Space Odyssey` is no class of that number.
  if (first > 1 || (gap >= 0 && order[gap]?.[0] === order[gap - 1]?.[0])) return undefined;
  if (gap < 0) return order.map(([, name]) => name);
  return refuseLabels(file, `class ${first + gap} is missing`);
}

/** The names of lines that count, from 0 or 1 upwards; a line of titles may stand before them, `index,name`. */
function countedLines(file: string, lines: readonly string[]): string[] | undefined {
  const parts = lines.map((line) => numberedLine.exec(line));
  const titled = !parts[0] && /^[^\s,;]+[,;\t][^\s,;]+$/.test(lines[0] ?? '');
  const own = titled ? parts.slice(1) : parts;
  if (own.length > 1 && own.every((part) => part?.[2]?.trim()))
    return sorted(
      file,
      own.map((part): NumberedName => [Number(part?.[1]), unquoted(part?.[3] ?? '')]),
    );
  const first = Number(own[0]?.[1]);
  if (own.length < 2 || first > 1 || !own.every((part, index) => part && Number(part[1]) === first + index))
    return undefined;
  const names = own.map((part) => unquoted(part?.[3] ?? ''));
  return areMostlyDifferent(names) ? names : undefined;
}

function numberedBehind(file: string, lines: readonly string[]): string[] | undefined {
  const numbered = lines.flatMap((line): NumberedName[] => {
    const [, name, number] = numberBehind.exec(line) ?? [];
    return name === undefined ? [] : [[Number(number), name]];
  });
  const isCounted =
    numbered.length > 1 && numbered.length === lines.length && countsUp(numbered.map(([number]) => number));
  return isCounted && areMostlyDifferent(numbered.map(([, name]) => name)) ? inOrder(file, numbered) : undefined;
}

/** Lines, without their numbers where they count, and without ImageNet's where each begins with one: `n01440764 tench`. */
export function labelsOfLines(file: string, text: string): string[] {
  const lines = text
    .trimEnd()
    .split(/\r\n?|\n/)
    .map((line) => line.trim());
  const numbered = lines.every((line) => /^n\d{8}\s+\S/.test(line));
  if (numbered) return lines.map((line) => line.replace(/^n\d{8}\s+/, ''));
  return countedLines(file, lines) ?? numberedBehind(file, lines) ?? (isQuoted(lines) ? lines.map(unquoted) : lines);
}
