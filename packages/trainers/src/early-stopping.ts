/**
 * Whether training has come to its end by itself: the last `epochs` losses are none lower than the best before them. A function of the
 * losses alone, so that a resumed training ends where an uninterrupted one does.
 *
 * @param losses Of each complete epoch.
 * @param epochs How many to wait for; 0 for ever.
 */
export function stopsEarly(losses: readonly number[], epochs: number): boolean {
  if (epochs === 0 || losses.length === 0) return false;
  const best = losses.indexOf(losses.reduce((least, loss) => Math.min(least, loss)));
  return losses.length - 1 - best >= epochs;
}
