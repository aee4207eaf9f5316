/** What an epoch is judged by. */
export interface EpochResult {
  loss: number;
  /** From 0 to 1. */
  accuracy: number;
}

/**
 * The best of some epochs: the highest accuracy, of equals the lowest loss, of equals the first. A function of the results alone, so that a
 * resumed training keeps the epoch that an uninterrupted one keeps.
 *
 * @param results Of each complete epoch, in order.
 * @returns Its number, from 1; undefined without epochs.
 */
export function bestEpoch(results: readonly EpochResult[]): number | undefined {
  let best: { epoch: number; result: EpochResult } | undefined;
  for (const [index, result] of results.entries()) {
    const isBetter =
      !best ||
      result.accuracy > best.result.accuracy ||
      (result.accuracy === best.result.accuracy && result.loss < best.result.loss);
    if (isBetter) best = { epoch: index + 1, result };
  }
  return best?.epoch;
}
