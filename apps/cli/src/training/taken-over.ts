import type { LoadReport } from '@zoo/weights';
import { counted } from '../rendering/quantities.ts';

const isIn = (name: string, path: string): boolean => name === path || name.startsWith(`${path}.`);

/** Names of weights by the largest blocks and layers that hold no others: `features`, `classifier.1`, `classifier.4.bias`. */
export function byBlocks(names: readonly string[], all: readonly string[]): string[] {
  const chosen = new Set(names);
  const pathOf = (name: string): string => {
    const parts = name.split('.');
    const paths = parts.map((_, place) => parts.slice(0, place + 1).join('.'));
    return paths.find((path) => all.every((one) => !isIn(one, path) || chosen.has(one))) ?? name;
  };
  return [...new Set(names.map(pathOf))];
}

const someOf = (names: readonly string[]): string => names.join(', ');

/** Says which layers begin with the weights of a file, and which anew. */
export function takenOver(given: string, { loaded, kept, missing, mismatched, unused }: LoadReport): string[] {
  const all = [...loaded, ...kept];
  if (kept.length === 0) return [`${given}: all ${counted(loaded.length, 'tensor')} loaded.`];
  const lines = [
    `${given}: ${someOf(byBlocks(loaded, all))} loaded (${loaded.length} of ${counted(all.length, 'tensor')}); ${someOf(byBlocks(kept, all))} ${byBlocks(kept, all).length === 1 ? 'begins' : 'begin'} anew.`,
  ];
  if (missing.length > 0) lines.push(`Not in the file: ${someOf(byBlocks(missing, all))}.`);
  for (const { name, shape, expected } of mismatched.filter(({ shape }) => shape.length > 1))
    lines.push(`Another shape: ${name} is [${shape.join(', ')}] in the file, and [${expected.join(', ')}] here.`);
  if (missing.length + mismatched.length > 0 && unused.length > 0)
    lines.push(
      `Not used: ${someOf(byBlocks(unused, unused).slice(0, 6))}${byBlocks(unused, unused).length > 6 ? ', ...' : ''}.`,
    );
  return lines;
}
