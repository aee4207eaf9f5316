import type { Schedule } from '@zoo/spec';

/** From one value to another along half a cosine; `share` goes from 0 to 1. */
export const cosineBetween = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;

/** How often a plateau has lowered the rate by now. */
export function plateauReductions(
  losses: readonly number[],
  { patience, threshold = 0, cooldown = 0 }: Extract<Schedule, { kind: 'plateau' }>,
): number {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let resting = 0;
  let count = 0;
  for (const loss of losses) {
    const better = loss < best * (1 - threshold);
    if (better) best = loss;
    waited = better ? 0 : waited + 1;
    if (resting > 0) {
      resting -= 1;
      waited = 0;
    }
    if (waited > patience) {
      count += 1;
      waited = 0;
      resting = cooldown;
    }
  }
  return count;
}
