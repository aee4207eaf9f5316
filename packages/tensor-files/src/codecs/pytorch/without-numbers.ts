import type { Pickled, PickledOther } from '../pickle/pickled.ts';

/** A tensor whose numbers are not read, and why. */
export const withoutNumbers = (shape: Pickled | undefined, what: string, advice: string): PickledOther => ({
  kind: 'other',
  shape: shape ?? [],
  what,
  advice,
});
