import { ZooError } from '@zoo/core';
import type { Terminal } from '../terminal.ts';
import { endSignals, noteSignal, sameKeypress } from './end-signals.ts';
import { startWork } from './output-failure.ts';

export interface Interruption {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted by Ctrl-C, and when the clock has run out. */
  readonly training: AbortSignal;
  /** Starts the time limit of the training. */
  startClock(minutes: number): void;
  /**
   * Does work that leaves nothing half done. It is given up at once on Ctrl-C, also where it does not know of signals.
   *
   * @throws ZooError `interrupted`, and whatever the work throws.
   */
  abandonable<T>(work: () => Promise<T>): Promise<T>;
  /** Why nothing could be printed any more, where that is what has aborted it. */
  outputFailure(): Error | undefined;
  /** Restores the default behaviour of Ctrl-C. */
  release(): void;
}

/** How long work may take to clean up after an abort before it is abandoned. Milliseconds. */
const abortGracePeriod = 300;

/** Without a terminal every write fails. That would end the process before its checkpoint is saved. */
function ignoreOutputErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error').on('error', () => {});
}

/**
 * Turns the first Ctrl-C (or a request to end, or the end of the terminal) into a signal, so that what is under way can be brought to a good end.
 * The second one ends the process at once: between two steps by itself, within one by `supervise`.
 *
 * @param announce What to tell the user after the first one.
 */
export function catchInterruption(terminal: Terminal, announce: () => string): Interruption {
  const everything = new AbortController();
  const training = new AbortController();
  let clock: NodeJS.Timeout | undefined;
  let failure: Error | undefined;
  const abort = () => {
    terminal.note(announce());
    everything.abort();
    training.abort();
  };
  const endWork = startWork((error) => {
    if (everything.signal.aborted) return;
    failure = error;
    abort();
  });
  const letGo = () => {
    for (const signal of endSignals) process.off(signal, interrupt);
  };
  const interrupt = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP') ignoreOutputErrors();
    if (everything.signal.aborted) return;
    noteSignal(signal);
    abort();
    setTimeout(letGo, sameKeypress).unref();
  };
  for (const signal of endSignals) process.on(signal, interrupt);
  return {
    signal: everything.signal,
    training: training.signal,
    startClock(minutes) {
      clock = setTimeout(() => training.abort(), minutes * 60_000).unref();
    },
    async abandonable(work) {
      const { signal } = everything;
      const stopped = () => new ZooError('interrupted', 'stopped.');
      if (signal.aborted) throw stopped();
      let stop = () => {};
      const aborted = new Promise<never>((_, reject) => {
        stop = () => setTimeout(() => reject(stopped()), abortGracePeriod);
        signal.addEventListener('abort', stop, { once: true });
      });
      try {
        return await Promise.race([work(), aborted]);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    outputFailure: () => failure,
    release() {
      endWork();
      clearTimeout(clock);
      letGo();
    },
  };
}
