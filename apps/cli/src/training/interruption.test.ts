import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openTerminal } from '../terminal.ts';
import { catchInterruption, type Interruption } from './interruption.ts';

let written: string[] = [];
let interruption: Interruption | undefined;
const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));

function begin(): Interruption {
  written = [];
  const stream = new Writable({
    write(text, _, done) {
      written.push(String(text));
      done();
    },
  });
  interruption = catchInterruption(
    openTerminal({ out: stream, err: stream, env: { NO_COLOR: '1' } }),
    () => 'saving ...',
  );
  return interruption;
}

afterEach(() => interruption?.release());

describe('catchInterruption', () => {
  it('turns the first Ctrl-C into signals, once', () => {
    const { signal, training } = begin();
    process.emit('SIGINT', 'SIGINT');
    // npm passes the same keypress on a second time.
    process.emit('SIGINT', 'SIGINT');
    expect([signal.aborted, training.aborted, written]).toEqual([true, true, ['saving ...\n']]);
  });

  it('leaves the second one to the system, which ends the process at once', async () => {
    const before = listeners();
    begin();
    expect(listeners()).toEqual(before.map((count) => count + 1));
    process.emit('SIGINT', 'SIGINT');
    await wait(600);
    expect(listeners()).toEqual(before);
  });

  it('ends training alone when the clock runs out', async () => {
    const { signal, training, startClock } = begin();
    startClock(0.02 / 60);
    await wait(100);
    expect([signal.aborted, training.aborted]).toEqual([false, true]);
  });
});
