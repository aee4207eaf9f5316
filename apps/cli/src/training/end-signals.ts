import os from 'node:os';

/** Ctrl-C, a request to end, and a terminal or connection that was closed. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on a Ctrl-C that its child has already received: a signal within this many milliseconds is the same one. */
export const sameKeypress = 500;

let caught: NodeJS.Signals = 'SIGINT';

/** Remembers by which signal this process was asked to end. */
export function noteSignal(signal: NodeJS.Signals): void {
  caught = signal;
}

/** The exit code of a process that such a signal has ended: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP. */
export const exitCodeOfSignal = (signal: NodeJS.Signals): number => 128 + os.constants.signals[signal];

export const interruptedExitCode = (): number => exitCodeOfSignal(caught);
