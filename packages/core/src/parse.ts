import { ZooError } from './zoo-error.ts';

/**
 * Parses a value from outside (JSON of a file, metadata of a model) as a `T`, or throws an error that names the field.
 * `place` is the path of the value, for the message: `run.json: layers[3].stride`.
 */
export type Parse<T> = (value: unknown, place: string) => T;

/** A short description of any value: a hostile one may be large, or nested too deep to print. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.length > 38 ? `'${value.slice(0, 35)}...'` : `'${value}'`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

const refuse = (value: unknown, place: string, expected: string): never => {
  throw new ZooError('corrupt-file', `${place}: expected ${expected}, found ${shown(value)}.`, {
    remedy: 'Write the file again, or fix it by hand.',
  });
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const parseString: Parse<string> = (value, place) =>
  typeof value === 'string' ? value : refuse(value, place, 'a text');

export const parseBoolean: Parse<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : refuse(value, place, 'true or false');

/** A finite number from `min` to `max`. */
export const parseNumber =
  (min: number = Number.NEGATIVE_INFINITY, max: number = Number.POSITIVE_INFINITY): Parse<number> =>
  (value, place) =>
    typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max
      ? value
      : refuse(value, place, `a number from ${min} to ${max}`);

/** A whole number from `min` to `max`, by default one that an array can have elements. */
export const parseInteger =
  (min = 0, max: number = 2 ** 32 - 1): Parse<number> =>
  (value, place) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : refuse(value, place, `a whole number from ${min} to ${max}`);

export const parseLiteral =
  <const T extends string | number | boolean>(...allowed: readonly T[]): Parse<T> =>
  (value, place) =>
    allowed.find((one) => one === value) ?? refuse(value, place, `one of ${allowed.map(shown).join(', ')}`);

export const parseArray =
  <T>(item: Parse<T>): Parse<T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) return refuse(value, place, 'a list');
    return value.map((one: unknown, index) => {
      if (typeof one === 'object') return item(one, `${place}[${index}]`);
      // A place for each of a million numbers would take more memory than they do: it is put together for the one that is refused.
      try {
        return item(one, place);
      } catch {
        return item(one, `${place}[${index}]`);
      }
    });
  };

/** An object with any fields, all of one kind. */
export const parseDictionary =
  <T>(item: Parse<T>): Parse<Record<string, T>> =>
  (value, place) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, item(one, `${place}.${key}`)]))
      : refuse(value, place, 'an object');

/** The first parser that accepts the value. */
export const parseEither =
  <A, B>(first: Parse<A>, second: Parse<B>): Parse<A | B> =>
  (value, place) => {
    try {
      return first(value, place);
    } catch {
      return second(value, place);
    }
  };

type Required<T> = { [K in keyof T as undefined extends T[K] ? never : K]: Parse<T[K]> };
type Optional<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Parse<Exclude<T[K], undefined>> };

/** An object with these fields; the second argument has the optional ones. Unknown fields are refused. */
export const parseObject =
  <T extends object>(required: Required<T>, optional: Optional<T> = {}): Parse<T> =>
  (value, place) => {
    if (!isRecord(value)) return refuse(value, place, 'an object');
    const result: Record<string, unknown> = {};
    const fields: Record<string, Parse<unknown>> = { ...optional, ...required };
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (unknown !== undefined) return refuse(value[unknown], `${place}.${unknown}`, 'no such field');
    // In the order of the file, so that reading and writing it again gives the same bytes.
    for (const key of new Set([...Object.keys(value), ...Object.keys(required)])) {
      const parse = fields[key];
      if (parse && (Object.hasOwn(required, key) || value[key] !== undefined))
        result[key] = parse(value[key], `${place}.${key}`);
    }
    return result as T;
  };

/** An object whose `kind` says which of these it is. */
export const parseKind =
  <T extends { kind: string }>(kinds: { [K in T['kind']]: Parse<Extract<T, { kind: K }>> }): Parse<T> =>
  (value, place) => {
    if (!isRecord(value)) return refuse(value, place, 'an object');
    const parsers: Record<string, Parse<T>> = kinds;
    const parse =
      typeof value.kind === 'string' && Object.hasOwn(parsers, value.kind) ? parsers[value.kind] : undefined;
    return parse ? parse(value, place) : refuse(value.kind, `${place}.kind`, `one of ${Object.keys(kinds).join(', ')}`);
  };
