import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { systemCode } from './system-code.ts';

// A file that is written under a temporary name and then renamed is either complete or absent. What a killed process left is recognised by its name: it
// contains the process id and, because folders may be shared between machines, an id of the machine.

const machineId = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 6);
const namePattern = /^\..+\.([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.part$/;
/** The processes of other machines are unknown: their files count as abandoned when they have not changed for this long. Milliseconds. */
const abandonedAfter = 24 * 3600_000;
/** When this process started, a little earlier because some disks count in whole seconds. Milliseconds. */
const processStart = () => Date.now() - process.uptime() * 1000 - 2000;

/** A new name beside a file or folder: `.weights.safetensors.0f3a2b-4711-9d8e7f6a.part`. */
export function temporaryName(file: string): string {
  const name = `.${path.basename(file)}.${machineId}-${process.pid}-${randomUUID().slice(0, 8)}.part`;
  return path.join(path.dirname(file), name);
}

/** Whether a file or folder has such a name. */
export const isTemporaryName = (name: string): boolean => namePattern.test(path.basename(name));

/** Whether a process is a zombie: it has ended, but its parent has not read its exit status. Detected on Linux only. */
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
    // The process exists and belongs to another user.
    return systemCode(error) === 'EPERM';
  }
}

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const [, where, pid] = namePattern.exec(name) ?? [];
  if (pid === undefined) return false;
  if (where === machineId && !isRunning(Number(pid))) return true;
  const about = await stat(path.join(folder, name)).catch(() => undefined);
  if (!about) return false;
  // In a container that is restarted, every start has the same process id.
  if (where === machineId && Number(pid) === process.pid && about.mtimeMs < processStart()) return true;
  return Date.now() - about.mtimeMs > abandonedAfter;
}

/** Removes the temporary files that killed processes have left in a folder. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (await isAbandoned(folder, name))
      await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

const cleared = new Set<string>();

/** The same, once per process and folder: listing a large folder before each write would take long. */
export async function removeAbandonedOnce(folder: string): Promise<void> {
  const whole = path.resolve(folder);
  if (cleared.has(whole)) return;
  cleared.add(whole);
  await removeAbandoned(whole);
}
