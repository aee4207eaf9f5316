import { spawn } from 'node:child_process';
import { isSupervised, supervisedBy } from './supervised.ts';
import { endSignals, exitCodeOfSignal, sameKeypress } from './training/end-signals.ts';

// A step of training may take 20 seconds, and JavaScript handles no signal until it is over: neither the first Ctrl-C, nor the second
// one, which should end the process at once. So training runs in a child process, and this one only waits and handles signals. It passes
// signals on, and kills the child if a second one has no effect. If this process itself is killed, the child ends too.

/** How long a process may take to end by itself after the second Ctrl-C. Milliseconds. */
const gracePeriod = 250;

/** Whether a command line needs a supervised process. */
export const needsSupervisor = (args: readonly string[]): boolean =>
  args[0] === 'train' && !isSupervised() && !args.some((word) => word === '--help' || word === '-h');

/** Runs this program again with the same words. @returns The exit code to end with; nothing where no process can be started. */
export function supervise(): Promise<number | undefined> {
  const [, script = '', ...words] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, script, ...words], {
    // The last one is never written to. It closes when this process ends, however that comes about.
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, ...supervisedBy(process.pid) },
  });
  let first: { signal: NodeJS.Signals; time: number } | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    const now = performance.now();
    first ??= { signal, time: now };
    // On Windows the console signals all its processes itself, and there is no other way to signal them.
    if (process.platform !== 'win32') child.kill(signal);
    if (now - first.time > sameKeypress) setTimeout(() => child.kill('SIGKILL'), gracePeriod);
  };
  for (const signal of endSignals) process.on(signal, passOn);
  return new Promise((resolve) => {
    const letGo = () => {
      for (const one of endSignals) process.off(one, passOn);
    };
    child.on('error', () => {
      letGo();
      resolve(undefined);
    });
    child.on('exit', (code, signal) => {
      letGo();
      if (signal === null) resolve(code ?? 0);
      else if (first) resolve(exitCodeOfSignal(first.signal));
      // As if it had happened to this one.
      else process.kill(process.pid, signal);
    });
  });
}
