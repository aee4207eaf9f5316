import { readFileSync } from 'node:fs';
import os from 'node:os';
import { type Parse, parseInteger, parseObject, parseString } from '@zoo/core';
import { isRunning } from '@zoo/core/files';
import { isSupervised } from '../supervised.ts';

/** The process that trains a run, or was the last one to do so. */
export interface RunProcess {
  pid: number;
  host: string;
  /** Distinguishes it from a later process with the same id, if the system reports start times. */
  begun?: string;
}

export const parseRunProcess: Parse<RunProcess> = parseObject<RunProcess>(
  { pid: parseInteger(0, Number.MAX_SAFE_INTEGER), host: parseString },
  { begun: parseString },
);

/** When a process began, in ticks of this boot of the system. Linux only. */
function startTimeOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The command's name, in parentheses, may hold spaces. What follows it begins with the third field; this is the 22nd.
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ')[19];
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}

function identify(pid: number): RunProcess {
  const begun = startTimeOf(pid);
  return { pid, host: os.hostname(), ...(begun !== undefined && { begun }) };
}

export const thisProcess = (): RunProcess => identify(process.pid);

/** The one that waits for this one, where there is one: the process that a user knows of. */
export const supervisor = (): RunProcess | undefined => (isSupervised() ? identify(process.ppid) : undefined);

/** Whether a process still runs: unknown for processes of other machines. */
export function processState({ pid, host, begun }: RunProcess): 'alive' | 'gone' | 'unknown' {
  if (host !== os.hostname()) return 'unknown';
  if (pid === process.pid || !isRunning(pid)) return 'gone';
  const found = startTimeOf(pid);
  return begun === undefined || found === undefined || begun === found ? 'alive' : 'gone';
}
