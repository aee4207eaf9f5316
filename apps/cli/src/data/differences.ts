import { thousands } from '../rendering/quantities.ts';

/** Names of pictures, by what has become of them: `missing`, `changed`, `new`. */
export type Kinds = readonly (readonly [kind: string, names: readonly string[]])[];

/** More are counted. */
const mostShown = 20;

/** A line a picture, such as `  missing  cat/1.jpg`. */
export function linesOf(kinds: Kinds): string {
  const all = kinds.flatMap(([kind, names]) => names.map((name) => `  ${kind.padEnd(7)}  ${name}`));
  const more = all.length - mostShown;
  return [...all.slice(0, mostShown), ...(more > 0 ? [`  and ${thousands(more)} more`] : [])].join('\n');
}

/** `1 missing, 2 changed`, and nothing where nothing is other than it was. */
export const countsOf = (kinds: Kinds): string =>
  kinds.flatMap(([kind, names]) => (names.length > 0 ? `${thousands(names.length)} ${kind}` : [])).join(', ');
