import type { Terminal } from '../terminal.ts';
import { beginWork } from './at-work.ts';

export interface Interruption {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Aborted by Ctrl-C, and when the clock has run out. */
  readonly training: AbortSignal;
  /** Gives training this many minutes from now. */
  startClock(minutes: number): void;
  /** Lets Ctrl-C do again what it always does. */
  release(): void;
}

/** npm passes a Ctrl-C on that its child has seen already: what comes within this many milliseconds is the same one. */
const sameKeypress = 500;

/** Ctrl-C, a request to end, and a terminal or connection that was closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Without a terminal every line fails. That would end the process before its checkpoint is saved. */
function speakToNobody(): void {
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error').on('error', () => {});
}

/**
 * Turns the first Ctrl-C (or a request to end, or the end of the terminal) into a signal, so that what is under way can be brought to a good end.
 * The second one ends the process at once, even while a step is being computed.
 *
 * @param announce What to tell the user after the first one.
 */
export function catchInterruption(terminal: Terminal, announce: () => string): Interruption {
  const everything = new AbortController();
  const training = new AbortController();
  let clock: NodeJS.Timeout | undefined;
  const endWork = beginWork();
  const release = () => {
    endWork();
    clearTimeout(clock);
    for (const signal of signals) process.off(signal, interrupt);
  };
  const interrupt = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP') speakToNobody();
    if (everything.signal.aborted) return;
    terminal.note(announce());
    everything.abort();
    training.abort();
    setTimeout(release, sameKeypress).unref();
  };
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: everything.signal,
    training: training.signal,
    startClock(minutes) {
      clock = setTimeout(() => training.abort(), minutes * 60_000).unref();
    },
    release,
  };
}
