import type { TensorFile } from '@zoo/tensor-files';
import type { LaidOutWeight } from '../model-tensors.ts';
import type { NamingRule } from './by-name.ts';

/** What two names have in common at their end, in whole parts: `backbone.features.0.weight` and `features.0.weight` all of the latter. */
function commonEnd(one: readonly string[], other: readonly string[]): string {
  let parts = 0;
  while (parts < Math.min(one.length, other.length) && one.at(-1 - parts) === other.at(-1 - parts)) parts += 1;
  return parts === 0 ? '' : one.slice(-parts).join('.');
}

/** Places of a network in another that are tried. */
const maxMoves = 64;

/**
 * Rules for a network that is part of another one in the file (`backbone.features.0.weight`), and for a file that is one block of the
 * network (`0.weight` of `features`): each puts one prefix of the file in the place of one of the model.
 */
export function movedNames(file: TensorFile, weights: readonly LaidOutWeight[]): NamingRule[] {
  const moves = new Map<string, { theirs: string; ours: string; count: number }>();
  // By the layer's own name and the tensor's: `weight` alone says nothing.
  const tailName = new Map<string, { name: string; parts: string[] }[]>();
  for (const { name } of weights) {
    const parts = name.split('.');
    const end = parts.slice(-2).join('.');
    tailName.set(end, [...(tailName.get(end) ?? []), { name, parts }]);
  }
  for (const stored of file.tensors.keys()) {
    const own = stored.split('.');
    for (const { name, parts } of tailName.get(own.slice(-2).join('.')) ?? []) {
      const end = commonEnd(own, parts);
      if (!end.includes('.')) continue;
      const [theirs, ours] = [stored.slice(0, -end.length), name.slice(0, -end.length)];
      if (theirs === ours) continue;
      const key = `${theirs}>${ours}`;
      moves.set(key, { theirs, ours, count: (moves.get(key)?.count ?? 0) + 1 });
    }
  }
  // Those that most names speak for.
  const likely = [...moves.values()].sort((a, b) => b.count - a.count).slice(0, maxMoves);
  return likely.map(({ theirs, ours }) => ({
    rule: 'spec',
    family: 'torch',
    find: ({ tensors }, { name }) =>
      name.startsWith(ours) ? tensors.get(`${theirs}${name.slice(ours.length)}`) : undefined,
  }));
}

/** Rules for a network that is whole behind a prefix of its own: `backbone.` in front of every name. */
export function prefixedNames(file: TensorFile, weights: readonly LaidOutWeight[]): NamingRule[] {
  const end = `.${weights[0]?.name}`;
  const prefixes = [...file.tensors.keys()]
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, 1 - end.length));
  return prefixes.map((prefix) => ({
    rule: 'spec',
    family: 'torch',
    find: ({ tensors }, { name }) => tensors.get(`${prefix}${name}`),
  }));
}
