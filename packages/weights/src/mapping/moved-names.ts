import type { TensorFile } from '@zoo/tensor-files';
import type { LaidOutWeight } from '../model-tensors.ts';
import type { NamingRule } from './by-name.ts';

/** What two names have in common at their end, in whole parts: `backbone.features.0.weight` and `features.0.weight` all of the latter. */
function commonEnd(a: string, b: string): string {
  const [one, other] = [a.split('.'), b.split('.')];
  let parts = 0;
  while (parts < Math.min(one.length, other.length) && one.at(-1 - parts) === other.at(-1 - parts)) parts += 1;
  return parts === 0 ? '' : one.slice(-parts).join('.');
}

/**
 * Rules for a network that is part of another one in the file (`backbone.features.0.weight`), and for a file that is one block of the
 * network (`0.weight` of `features`): each puts one prefix of the file in the place of one of the model.
 */
export function movedNames(file: TensorFile, weights: readonly LaidOutWeight[]): NamingRule[] {
  const moves = new Map<string, { theirs: string; ours: string }>();
  for (const stored of file.tensors.keys())
    for (const { name } of weights) {
      const end = commonEnd(stored, name);
      // A layer's own name and the tensor's: `weight` alone says nothing.
      if (!end.includes('.')) continue;
      const [theirs, ours] = [stored.slice(0, -end.length), name.slice(0, -end.length)];
      if (theirs !== ours) moves.set(`${theirs}>${ours}`, { theirs, ours });
    }
  return [...moves.values()].map(({ theirs, ours }) => ({
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
