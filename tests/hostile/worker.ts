import { readFileSync, writeFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { isZooError } from '@zoo/core';
import { type ReaderName, readers } from './readers.ts';

// Reads files that it is told of, in a process of its own, and says what each cost. Started by reader-process.ts.

/** What the parent asks for. */
export interface ReadRequest {
  reader: ReaderName;
  path: string;
  /** Whether it is read to have the reader's code loaded. */
  warmUp?: boolean;
}

/** How it ended, and what it cost. */
export interface Outcome {
  ended: 'opened' | 'refused' | 'raw error';
  message: string;
  /** Seconds of CPU time, of all threads. */
  cpu: number;
  /** MiB of memory above those that the process had when nothing had been read. */
  memory: number;
}

const status = '/proc/self/status';
const kibibytes = (name: string): number =>
  Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(readFileSync(status, 'latin1'))?.[1] ?? 0);
const isLinux = process.platform === 'linux';

/** The most memory since `forgetPeak`, KiB. Elsewhere than on Linux: since the process began. */
const peak = (): number => (isLinux ? kibibytes('VmHWM') : process.resourceUsage().maxRSS);
const now = (): number => (isLinux ? kibibytes('VmRSS') : process.memoryUsage.rss() / 1024);
function forgetPeak(): void {
  // proc(5): 5 resets the peak of the resident set.
  if (isLinux) writeFileSync('/proc/self/clear_refs', '5');
}

let base = Number.POSITIVE_INFINITY;

async function read({ reader, path }: ReadRequest): Promise<Omit<Outcome, 'cpu' | 'memory'>> {
  try {
    return { ended: 'opened', message: await readers[reader](path) };
  } catch (error) {
    if (isZooError(error)) return { ended: 'refused', message: `${error.code}: ${error.message}` };
    return { ended: 'raw error', message: error instanceof Error ? `${error.stack}` : String(error) };
  }
}

async function measured(asked: ReadRequest): Promise<Outcome> {
  // A collection takes longer than most files do.
  if (asked.warmUp || now() > base + 8 * 1024) global.gc?.();
  // What earlier files left behind counts as this one's, rather than hiding what it takes.
  base = asked.warmUp ? Number.POSITIVE_INFINITY : Math.min(base, now());
  forgetPeak();
  const before = process.cpuUsage();
  const found = await read(asked);
  const { user, system } = process.cpuUsage(before);
  return { ...found, cpu: (user + system) / 1e6, memory: Math.max(0, (peak() - base) / 1024) };
}

process.on('message', (asked: ReadRequest) => {
  void measured(asked).then((outcome) => process.send?.(outcome));
});
process.send?.('ready');
