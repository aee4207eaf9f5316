import type { Random } from '@zoo/core';
import { pick } from './numbers.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const numbers = [0, -1, 1, 2, 0.5, 255, 65_536, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, 1e-308, -0];
const texts = [
  '',
  'a',
  '__proto__',
  'constructor',
  'F32',
  'classes',
  '../../x',
  '/etc/passwd',
  '\u001b[2J',
  '\u0000',
  'x'.repeat(5000),
  '\ud800',
  'http://127.0.0.1:9/x',
  'float32',
  '9'.repeat(400),
];

interface Place {
  value: Json;
  mend: (value: Json) => void;
}

/** A value and all that is in it. */
function placesIn(value: Json, mend: Place['mend']): Place[] {
  const inner = (key: string | number, one: Json, into: Record<string | number, Json> | Json[]) =>
    placesIn(one, (other) => Object.assign(into, { [key]: other }));
  if (Array.isArray(value)) return [{ value, mend }, ...value.flatMap((one, index) => inner(index, one, value))];
  if (typeof value !== 'object' || value === null) return [{ value, mend }];
  return [{ value, mend }, ...Object.entries(value).flatMap(([key, one]) => inner(key, one, value))];
}

function otherValue(value: Json, all: readonly Json[], random: Random): Json {
  const kind = random.integer(8);
  if (kind === 0) return pick<Json>(random, [null, true, {}, [], 7, 'x', [[[[]]]]]);
  if (kind === 1) return structuredClone(pick(random, all));
  if (typeof value === 'number') return pick(random, [...numbers, value + 1, value * 1000, -value]);
  if (typeof value === 'string') return pick(random, [...texts, `${value}${value}`, value.slice(0, -1)]);
  if (Array.isArray(value)) {
    if (kind < 4) return [];
    if (kind < 6 && value.length > 0)
      return Array.from({ length: pick(random, [2, 40, 3000]) }, () => structuredClone(value[0] ?? 0));
    return value.slice(random.integer(value.length + 1));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const chosen = random.integer(Math.max(1, entries.length));
    if (kind < 4) return Object.fromEntries(entries.filter((_, index) => index !== chosen));
    if (kind < 6) return { ...value, [pick(random, texts)]: structuredClone(entries[chosen]?.[1] ?? 0) };
    return Object.fromEntries(entries.map(([key, one], index) => [index === chosen ? pick(random, texts) : key, one]));
  }
  return pick<Json>(random, [...numbers, ...texts]);
}

/** JSON with one to three values, keys or lists that are others. */
export function otherJson(text: string, random: Random): string {
  let root: Json = JSON.parse(text);
  for (let left = 1 + random.integer(3); left > 0; left--) {
    const places = placesIn(root, (other) => {
      root = other;
    });
    const { mend, value } = pick(random, places);
    mend(
      otherValue(
        value,
        places.map((one) => one.value),
        random,
      ),
    );
  }
  const written = JSON.stringify(root) ?? 'null';
  if (random.integer(20) === 0) return written.replace(/\d+/, '1e999');
  if (random.integer(20) === 0) return `${'['.repeat(5000)}${written}${']'.repeat(5000)}`;
  return written;
}
