import { listedBelow } from '../rendering/listed.ts';
import { thousands } from '../rendering/quantities.ts';

/** Names of pictures, by what has become of them: `missing`, `changed`, `new`. */
export type Kinds = readonly (readonly [kind: string, names: readonly string[]])[];

/** A line a picture, such as `  missing  cat/1.jpg`. */
export const linesOf = (kinds: Kinds): string =>
  listedBelow(kinds.flatMap(([kind, names]) => names.map((name) => `${kind.padEnd(7)}  ${name}`)));

/** `1 missing, 2 changed`, and nothing where nothing is other than it was. */
export const countsOf = (kinds: Kinds): string =>
  kinds.flatMap(([kind, names]) => (names.length > 0 ? `${thousands(names.length)} ${kind}` : [])).join(', ');
