import type { LoadReport } from '@zoo/weights';
import { counted } from '../rendering/quantities.ts';
import { leftOfNetworks } from '../run/load-notes.ts';

const isIn = (name: string, path: string): boolean => name === path || name.startsWith(`${path}.`);

/** Names of weights by the largest blocks and layers that hold no others: `features`, `classifier.1`, `classifier.4.bias`. */
export function byBlocks(names: readonly string[], all: readonly string[]): string[] {
  const chosen = new Set(names);
  const pathOf = (name: string): string => {
    const parts = name.split('.');
    const paths = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    return paths.find((path) => all.every((one) => !isIn(one, path) || chosen.has(one))) ?? name;
  };
  return [...new Set(names.map(pathOf))];
}

/** Says which layers have the weights of a file, and which are newly initialised. */
export function loadedWeightsText(given: string, { loaded, kept, missing, mismatched, unused }: LoadReport): string[] {
  const all = [...loaded, ...kept];
  // Of a head that begins anew, the file's own is told there.
  const isReplaced = (name: string) => kept.some((own) => name === own || name.endsWith(`.${own}`));
  const left = leftOfNetworks(unused).filter((name) => !isReplaced(name));
  const spare = byBlocks(left, left);
  const notUsed =
    spare.length === 0 ? [] : [`Unused: ${spare.slice(0, 6).join(', ')}${spare.length > 6 ? ', ...' : ''}.`];
  if (kept.length === 0) return [`${given}: all ${counted(loaded.length, 'tensor')} loaded.`, ...notUsed];
  const anew = byBlocks(kept, all);
  const lines = [
    `${given}: ${byBlocks(loaded, all).join(', ')} loaded (${loaded.length} of ${counted(all.length, 'tensor')}); ${anew.join(', ')} ${anew.length === 1 ? 'begins' : 'begin'} anew.`,
  ];
  if (missing.length > 0) lines.push(`Not in the file: ${byBlocks(missing, all).join(', ')}.`);
  for (const { name, shape, expected } of mismatched.filter(({ shape }) => shape.length > 1))
    lines.push(`Another shape: ${name} is [${shape.join(', ')}] in the file, and [${expected.join(', ')}] here.`);
  return [...lines, ...notUsed];
}
