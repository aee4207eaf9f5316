import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { systemCode } from './system-code.ts';

// What is written under a temporary name and then renamed is whole or not there. What a killed process leaves is told by the name: it
// holds the process's number and, as folders are shared between machines, a word for the machine.

const machineId = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 6);
const namePattern = /^\..+\.([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.part$/;
/** Of another machine nothing is known: what it writes for so long that nobody has touched it is given up. Milliseconds. */
const abandonedAfter = 24 * 3600_000;
/** When this process began, a little earlier for disks that count in whole seconds. Milliseconds. */
const processStart = () => Date.now() - process.uptime() * 1000 - 2000;

/** A new name beside a file or folder: `.weights.safetensors.0f3a2b-4711-9d8e7f6a.part`. */
export function temporaryName(file: string): string {
  const name = `.${path.basename(file)}.${machineId}-${process.pid}-${randomUUID().slice(0, 8)}.part`;
  return path.join(path.dirname(file), name);
}

/** Whether a file or folder bears such a name. */
export const isTemporaryName = (name: string): boolean => namePattern.test(path.basename(name));

/** Whether a process has ended, but is still in the list of processes, as nobody has asked how it ended. Told on Linux only. */
function isZombie(pid: number): boolean {
  try {
    // The command's name, in parentheses, may hold spaces. What follows it begins with the state.
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim()[0];
    return state === 'Z' || state === 'X';
  } catch {
    return false;
  }
}

/** Whether a process runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // There is one, and it is somebody else's.
    return systemCode(error) === 'EPERM';
  }
}

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const [, where, pid] = namePattern.exec(name) ?? [];
  if (pid === undefined) return false;
  if (where === machineId && !isRunning(Number(pid))) return true;
  const about = await stat(path.join(folder, name)).catch(() => undefined);
  if (!about) return false;
  // In a container that is started anew, every start has the same number.
  if (where === machineId && Number(pid) === process.pid && about.mtimeMs < processStart()) return true;
  return Date.now() - about.mtimeMs > abandonedAfter;
}

/** Takes away what processes have left in a folder under temporary names that were killed on the way. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (await isAbandoned(folder, name))
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

const cleared = new Set<string>();

/** The same, once a process for each folder: reading a large folder before each file of it takes long. */
export async function removeAbandonedOnce(folder: string): Promise<void> {
  const whole = path.resolve(folder);
  if (cleared.has(whole)) return;
  cleared.add(whole);
  await removeAbandoned(whole);
}
