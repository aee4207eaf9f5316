import { countsUp, inOrder, type NumberedName } from './numbered-names.ts';
import { quoted, refuseLabels } from './refuse-labels.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Short whatever the value is: it may be nested so deep that it cannot be written out. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isRecord(value) ? 'an object' : typeof value === 'string' ? quoted(value) : String(value).slice(0, 60);
}

/** Under what a class's name and number stand, in objects and as titles of tables, the likeliest first. */
export const nameTitles: readonly string[] = [
  'display_name',
  'name',
  'class_name',
  'label_name',
  'label',
  'class',
  'category',
  'title',
];
export const numberTitles: readonly string[] = ['id', 'index', 'class_id', 'class_index', 'label_id', 'idx', 'number'];

const textUnder = (object: Record<string, unknown>): unknown =>
  nameTitles.map((key) => object[key]).find((value) => typeof value === 'string');

const numberUnder = (object: Record<string, unknown>): number | undefined =>
  numberTitles.map((key) => object[key]).find((value) => typeof value === 'number');

/** A name, the last of several that belong together, `["n01440764", "tench"]`, as Keras has them, or the one in an object. */
function nameOf(file: string, value: unknown, place: string): string {
  const name = Array.isArray(value) ? value.at(-1) : isRecord(value) ? textUnder(value) : value;
  return typeof name === 'string' ? name : refuseLabels(file, `class ${place.slice(0, 20)} is ${shown(value)}`);
}

function ofList(file: string, list: readonly unknown[]): string[] {
  const names = list.map((one, index) => nameOf(file, one, String(index)));
  const numbers = list.flatMap((one) => (isRecord(one) ? (numberUnder(one) ?? []) : []));
  if (numbers.length === 0 || numbers.length < list.length) return names;
  return inOrder(
    file,
    numbers.map((number, index): NumberedName => [number, names[index] ?? '']),
  );
}

/** Where files that hold much else keep the names: transformers, YOLO, COCO. */
const holders: readonly string[] = ['id2label', 'names', 'categories', 'classes', 'class_names', 'labels'];

/** Names in a value of JSON or YAML. @throws ZooError `data`. */
export function labelsOfValue(file: string, value: unknown, within = false): string[] {
  if (Array.isArray(value)) return ofList(file, value);
  if (!isRecord(value)) return refuseLabels(file, `holds ${shown(value)}`);
  if (!within) {
    const holder = holders.find((key) => typeof value[key] === 'object' && value[key] !== null);
    if (holder !== undefined) return labelsOfValue(file, value[holder], true);
  }
  const entries = Object.entries(value);
  // Numbers by names, which YAML has as text.
  const numbers = entries.map(([, number]) => (/^\d{1,15}$/.test(String(number)) ? Number(number) : Number.NaN));
  const isText = numbers.length > 0 && entries.every(([, number]) => typeof number === 'string');
  if (
    (entries.length > 0 && entries.every(([, number]) => typeof number === 'number')) ||
    (isText && countsUp(numbers))
  )
    return inOrder(
      file,
      entries.map(([name], index): NumberedName => [numbers[index] ?? Number.NaN, name]),
    );
  const stranger = entries.find(([key]) => !/^\d+$/.test(key));
  if (stranger) return refuseLabels(file, `has the key ${quoted(stranger[0])}`);
  return inOrder(
    file,
    entries.map(([key, one]): NumberedName => [Number(key), nameOf(file, one, key)]),
  );
}

/**
 * A dictionary or list as Python writes it, `{0: 'tench', 1: "hen-of-the-woods"}`, in JSON. What has no end is matched too and left as
 * it is: else a file of quotes would be gone through again from each.
 */
const jsonOfPython = (text: string): string =>
  text.replace(
    /'((?:[^'\\\n]|\\.)*)('?)|"(?:[^"\\\n]|\\.)*"?|(\d+)(\s*:)?|,(\s*[}\]])?/g,
    (
      found: string,
      single: string | undefined,
      quote: string | undefined,
      number: string | undefined,
      colon: string | undefined,
      end: string | undefined,
    ) => {
      if (single !== undefined && quote) return `"${single.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')}"`;
      if (number !== undefined && colon !== undefined) return `"${number}"${colon}`;
      return end ?? found;
    },
  );

/** Whether brackets open far more often than they close: what is nested so deep takes a hundred times its bytes. */
export function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > 1000) return true;
  }
  return false;
}

/** `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON lines: a value a line, an object or a list. */
function ofJsonLines(text: string): unknown[] | undefined {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => /^\s*[[{]/.test(line))) return undefined;
  const values = lines.map(parsed);
  return values.includes(undefined) ? undefined : values;
}

/** `export const CLASSES = `, before a list of JavaScript or Python. */
const assignment = /^\s*(?:(?:export|const|let|var)\s+){0,2}[\w.]{1,60}\s*(?::[^=\n]{0,60})?=\s*(?=[[{])/;

/** Names in JSON, in JSON lines, or in a list or dictionary of Python or JavaScript; `undefined` for what begins as none of them. */
export function labelsOfJson(file: string, text: string): string[] | undefined {
  const bare = text.replace(assignment, '');
  if (!/^\s*[[{]/.test(bare)) return /\.json$/i.test(file) ? refuseLabels(file, 'is damaged JSON') : undefined;
  if (isDeep(bare)) return refuseLabels(file, 'is nested more than 1000 deep');
  const whole = bare === text ? bare : bare.trimEnd().replace(/;$/, '');
  const value = parsed(whole) ?? parsed(jsonOfPython(whole)) ?? ofJsonLines(whole);
  return value === undefined ? refuseLabels(file, 'is damaged JSON') : labelsOfValue(file, value);
}
