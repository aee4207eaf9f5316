import { isZooError, ZooError } from '@zoo/core';
import type { Command } from 'commander';
import { counted } from '../rendering/quantities.ts';
import { textOf as boundedText } from './text-of.ts';

const forms = 'one name a line, or JSON: ["tench", ...] or {"0": "tench", ...}';

/** Adds the option that names the classes. */
export const addLabelsOption = (command: Command): Command =>
  command.option(
    '--labels <file>',
    'names of the classes in the order of the outputs: one a line, or a JSON array or object (default: those with the weights)',
  );

/** ImageNet's 21,841 classes take half of it. */
const maxBytes = 1_000_000;

const refuse = (file: string, what: string): never => {
  throw new ZooError('data', `--labels ${file}: ${what}, expected ${forms}.`);
};

/** Short whatever the value is: it may be nested so deep that it cannot be written out. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value).slice(0, 60);
}

/** A name, or the last of several that belong together: `["n01440764", "tench"]`, as Keras has them. */
function nameOf(file: string, value: unknown, place: string): string {
  const name: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof name === 'string' ? name : refuse(file, `class ${place.slice(0, 20)} is ${shown(value)}`);
}

/** Names by their numbers, from 0 without a gap. */
function inOrder(file: string, numbered: readonly (readonly [string, string])[]): string[] {
  const names = new Map(numbered.map(([number, name]) => [Number(number), name]));
  return Array.from(
    { length: numbered.length },
    (_, index) => names.get(index) ?? refuse(file, `class ${index} is missing`),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ofJson(file: string, value: unknown, within = false): string[] {
  if (Array.isArray(value)) return value.map((one, index) => nameOf(file, one, String(index)));
  if (!isRecord(value)) return refuse(file, `holds ${shown(value)}`);
  // The config.json of a model of transformers holds much else.
  if (isRecord(value.id2label) && !within) return ofJson(file, value.id2label, true);
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([, number]) => typeof number === 'number'))
    return inOrder(
      file,
      entries.map(([name, number]) => [String(number), name]),
    );
  const unknownEntry = entries.find(([key]) => !/^\d+$/.test(key));
  if (unknownEntry) return refuse(file, `has the key ${JSON.stringify(unknownEntry[0].slice(0, 60))}`);
  return inOrder(
    file,
    entries.map(([key, one]) => [key, nameOf(file, one, key)]),
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

/** `0: tench`, `0,tench`, `0 tench`. */
const numberedLine = /^["']?(\d+)["']?(\s*[:,;=.)]\s*|\s+)(\S.*)$/;
const unquoted = (name: string): string => name.replace(/^(["'])(.*)\1$/, '$2');

/** Numbered names in the order of their numbers, from 0 or 1 upwards. */
function sorted(file: string, numbered: readonly (readonly [number, string])[]): string[] | undefined {
  const order = numbered.toSorted(([a], [b]) => a - b);
  const [first = 2] = order[0] ?? [];
  const gap = order.findIndex(([number], index) => number !== first + index);
  // `2001: A Space Odyssey` is no class of that number.
  if (first > 1 || (gap >= 0 && order[gap]?.[0] === order[gap - 1]?.[0])) return undefined;
  if (gap < 0) return order.map(([, name]) => name);
  return refuse(file, `class ${first + gap} is missing`);
}

/** The names of lines that count, from 0 or 1 upwards; a line of titles may stand before them, `index,name`. */
function countedLines(file: string, lines: readonly string[]): string[] | undefined {
  const parts = lines.map((line) => numberedLine.exec(line));
  const titled = !parts[0] && /^[^\s,;]+[,;\t][^\s,;]+$/.test(lines[0] ?? '');
  const own = titled ? parts.slice(1) : parts;
  if (own.length > 1 && own.every((part) => part?.[2]?.trim()))
    return sorted(
      file,
      own.map((part) => [Number(part?.[1]), unquoted(part?.[3] ?? '')]),
    );
  const first = Number(own[0]?.[1]);
  if (own.length < 2 || first > 1 || !own.every((part, index) => part && Number(part[1]) === first + index))
    return undefined;
  const names = own.map((part) => unquoted(part?.[3] ?? ''));
  // `1 star`, `2 stars`, `3 stars`: the numbers are part of the names. ImageNet has two names twice.
  return new Set(names).size > 0.9 * names.length ? names : undefined;
}

/** Lines, without their numbers where they count, and without ImageNet's where each begins with one: `n01440764 tench`. */
function ofText(file: string, text: string): string[] {
  const lines = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim());
  const numbered = lines.every((line) => /^n\d{8}\s+\S/.test(line));
  return numbered ? lines.map((line) => line.replace(/^n\d{8}\s+/, '')) : (countedLines(file, lines) ?? lines);
}

/** Whether brackets open far more often than they close: what is nested so deep takes a hundred times its bytes. */
function isDeep(text: string): boolean {
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

async function textOf(file: string): Promise<string> {
  try {
    return (await boundedText(file, 'names of classes', maxBytes)).replace(/^\uFEFF/, '');
  } catch (error) {
    if (isZooError(error) && error.code === 'data') return refuse(file, 'is too long for names of classes');
    throw new ZooError('not-found', `--labels ${file}: cannot be read, expected ${forms}.`, { cause: error });
  }
}

/**
 * Names of classes from a file: a line each, with its number before it or without, a JSON array, or a JSON object from numbers to names or from names to numbers, as
 * torchvision, timm, Keras and transformers write them, or the same in Python's writing.
 *
 * @throws ZooError `not-found` without the file, `data` for one of another form, or with an empty name.
 */
export async function readLabels(file: string): Promise<string[]> {
  const text = await textOf(file);
  let labels: string[];
  if (/^\s*[[{]/.test(text)) {
    if (isDeep(text)) refuse(file, 'is nested more than 1000 deep');
    const value = [text, jsonOfPython(text)].map(parsed).find((one) => one !== undefined);
    labels = value === undefined ? refuse(file, 'is damaged JSON') : ofJson(file, value);
  } else labels = ofText(file, text);
  const empty = labels.indexOf('');
  return empty < 0 ? labels : refuse(file, `class ${empty} has no name`);
}

/** Names of classes that the user gave, and where. */
export interface GivenLabels {
  file: string;
  labels: readonly string[];
}

/** What `--labels` names; nothing without it. @throws ZooError as `readLabels`. */
export const givenLabels = async (file: string | undefined): Promise<GivenLabels | undefined> =>
  file === undefined ? undefined : { file, labels: await readLabels(file) };

/**
 * The names that the user gave, else those with the weights.
 *
 * @throws ZooError `data` for another number of names than the network has classes.
 */
export function labelsFor(classes: number, own: readonly string[], given: GivenLabels | undefined): readonly string[] {
  if (!given) return own;
  if (given.labels.length === classes) return given.labels;
  throw new ZooError(
    'data',
    `--labels ${given.file}: names ${counted(given.labels.length, 'class', 'classes')}, but the network has ${classes}. Take the file that belongs to these weights.`,
  );
}
