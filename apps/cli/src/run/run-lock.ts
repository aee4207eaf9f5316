import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isZooError, type Parse, parseArray, parseObject, parseString, ZooError } from '@zoo/core';
import { diskError, removeAbandoned, writeFileAtomically } from '@zoo/core/files';
import { jsonOf } from './json-of.ts';
import { parseRunProcess, processState, type RunProcess, supervisor, thisProcess } from './run-process.ts';

// One training at a time in a folder.
//
// Each process that wants it creates its own lock file there, atomically and with a unique name, and only then looks for those of
// others. So of two that start at the same moment, at least one sees the other. A process that sees the lock of a live one removes its own: if both
// do, they retry after a random pause. The lock of a process that has ended does not count and is removed: its
// name is unique, so that the lock of a live process is never removed by mistake. It does not matter how a process ends.

/** The process that trains in a folder, and its command. */
export interface RunOwner {
  process: RunProcess;
  /** Its supervisor, which is the process that the user started. */
  supervisor?: RunProcess;
  since: string;
  /** What was typed behind the program's name, and in which folder. */
  command: string[];
  cwd: string;
}

/** A folder that is this process's until it is released. */
export interface RunLock {
  release(): Promise<void>;
}

const form = /^\.training\.\d+-[0-9a-f]{8}\.lock$/;
export const isLockName = (name: string): boolean => form.test(name);

const parseOwner: Parse<RunOwner> = parseObject<RunOwner>(
  { process: parseRunProcess, since: parseString, command: parseArray(parseString), cwd: parseString },
  { supervisor: parseRunProcess },
);

/** The owner that a file names; nothing where the file is gone, or is none of ours. */
const readOwner = async (file: string): Promise<RunOwner | undefined> => {
  try {
    return parseOwner(jsonOf(await readFile(file, 'utf8'), file), file);
  } catch {
    return undefined;
  }
};

const locksIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter(isLockName).map((name) => path.join(folder, name));

/** The first lock of a living process, other than this one. Those of dead ones are removed. */
async function livingOwner(folder: string, own?: string): Promise<{ file: string; owner: RunOwner } | undefined> {
  for (const file of await locksIn(folder)) {
    if (file === own) continue;
    const owner = await readOwner(file);
    if (owner && processState(owner.process) !== 'gone') return { file, owner };
    // On a file system that cannot be written it stays, and the training that wants to begin says so.
    await rm(file, { force: true }).catch(() => {});
  }
  return undefined;
}

/** `2026-03-01 14:05:09`, in the machine's own time. */
function shownTime(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

function takenError(folder: string, { file, owner }: { file: string; owner: RunOwner }): ZooError {
  const { pid, host } = owner.supervisor ?? owner.process;
  const isHere = processState(owner.process) === 'alive';
  const who = isHere ? `process ${pid}` : `process ${pid} on the machine ${host}`;
  const remedy = isHere
    ? 'Wait until it has ended, or stop it by Ctrl-C first.'
    : `Wait until it has ended. If it no longer runs there, delete ${file} and try again.`;
  return new ZooError('usage', `${folder}: ${who} has been training it since ${shownTime(owner.since)}. ${remedy}`);
}

/** @throws ZooError `usage` that tells who trains in the folder at this moment. */
export async function requireFree(folder: string): Promise<void> {
  const found = await livingOwner(folder);
  if (found) throw takenError(folder, found);
}

/** What was typed for the training that was killed here last, and left its lock. */
export async function killedOwner(folder: string): Promise<RunOwner | undefined> {
  const owners = await Promise.all((await locksIn(folder)).map(readOwner));
  return owners
    .flatMap((owner) => (owner && processState(owner.process) === 'gone' ? [owner] : []))
    .sort((a, b) => a.since.localeCompare(b.since))
    .at(-1);
}

const attempts = 6;

/**
 * Makes a folder that is there this process's own, and clears what killed ones have left in it.
 *
 * @param command What was typed for it.
 * @param elsewhere How to train in another folder, for the message.
 * @throws ZooError `usage` that tells who has it, `disk` where nothing can be written.
 */
export async function lockRun(folder: string, command: readonly string[], elsewhere: string): Promise<RunLock> {
  const own = path.join(folder, `.training.${process.pid}-${randomUUID().slice(0, 8)}.lock`);
  const above = supervisor();
  const owner: RunOwner = {
    process: thisProcess(),
    ...(above && { supervisor: above }),
    since: new Date().toISOString(),
    command: [...command],
    cwd: process.cwd(),
  };
  // Also where the process ends on its way, if it can still say so.
  const remove = () => rmSync(own, { force: true });
  process.once('exit', remove);
  const release = async () => {
    process.off('exit', remove);
    await rm(own, { force: true });
  };
  for (let attempt = 1; ; attempt++) {
    await writeFileAtomically(own, `${JSON.stringify(owner)}\n`).catch((error: unknown) => {
      throw isZooError(error) ? diskError(folder, error.cause, elsewhere) : error;
    });
    const other = await livingOwner(folder, own);
    if (!other) break;
    await rm(own, { force: true });
    if (attempt === attempts || processState(other.owner.process) === 'unknown') {
      await release();
      throw takenError(folder, other);
    }
    await wait(20 + 180 * Math.random());
  }
  for (const one of [folder, path.join(folder, 'examples')]) await removeAbandoned(one);
  return { release };
}
