// Whoever reads may go before the work is done: `zoo train --json | head -1`. What only prints ends then; what leaves a result goes on.
let count = 0;

/** Work begins whose result is wanted though nobody reads any more. @returns What ends it. */
export function beginWork(): () => void {
  count++;
  let ended = false;
  return () => {
    if (!ended) count--;
    ended = true;
  };
}

export const isAtWork = (): boolean => count > 0;
