import { ZooError } from '@zoo/core';
import type { Joined } from './joined.ts';
import { isUsual } from './usual-keys.ts';

/** Where a place lies: `model` of `model.features`. */
const parentOf = (place: string): string => place.replace(/(?:^|\.)[^.]*$/, '');

/** `a and b`, and of many the first three. */
function named({ places }: Joined): string {
  const all = places.map((place) => place || 'its top');
  const [few, last] = all.length > 4 ? [all.slice(0, 3), `${all.length - 3} others`] : [all.slice(0, -1), all.at(-1)];
  return `${few.join(', ')} and ${last}`;
}

/** The common parent of parts that lie beside each other. */
function parentOfAll({ places: [first = '', ...rest] }: Joined): string | undefined {
  const parent = parentOf(first);
  return rest.every((place) => parentOf(place) === parent) ? parent : undefined;
}

/**
 * Of several ways to put a network together none is taken by chance. Parts that lie beside each other belong together; of several
 * such, those at the top or under a usual key count, where they are alone there.
 *
 * @param ways At least one.
 * @returns That way, and what to know of it: sentences without the file's name and a full stop.
 * @throws ZooError `weights` naming two of them.
 */
export function chooseJoined<T extends Joined>(file: string, ways: readonly [T, ...T[]]): { way: T; notes: string[] } {
  const beside = ways.filter((one) => parentOfAll(one) !== undefined);
  const likely = beside.length > 0 ? beside : ways;
  const isLikeliest = (one: T) => {
    const parent = parentOfAll(one);
    return parent === '' || (parent !== undefined && isUsual(parent));
  };
  const [first, ...others] = likely.length > 1 ? likely.filter(isLikeliest) : likely;
  if (first && others.length === 0) {
    const rival = likely.find((one) => one !== first);
    const key = rival && parentOfAll(rival);
    const would = rival ? `; ${named(rival)} would fit too${key ? `: choose by key: '${key}'` : ''}` : '';
    return { way: first, notes: [`joined from ${named(first)}, which hold parts of one network${would}`] };
  }
  const [one = ways[0], other = one] = first ? [first, ...others] : likely;
  const keys = [parentOfAll(one), parentOfAll(other)];
  const advice =
    keys[0] && keys[1] && keys[0] !== keys[1]
      ? `Choose by key: '${keys[0]}' or key: '${keys[1]}'.`
      : 'Save the parts that you mean as one dictionary, by the names of the whole network.';
  throw new ZooError(
    'weights',
    `${file}: ${named(one)}, or ${named(other)}, would each fill the network, and the names do not tell which are meant. ${advice}`,
  );
}
