import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../apps/cli/bin/zoo.js', import.meta.url));
const preload = new URL('./preload.mjs', import.meta.url).href;

/** What is done to a process. */
export interface Attack {
  how: 'kill' | 'full';
  /** At the n-th thing that it does to the folder's files, from 1. */
  at: number;
}

export interface Ended {
  code: number | null;
  err: string;
}

/**
 * Runs the built program.
 *
 * @param folder The folder whose files count.
 * @param log File that gets a line about each thing that is done to them.
 */
export function runProgram(
  words: readonly string[],
  { folder, attack, log }: { folder: string; attack?: Attack; log?: string },
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NO_COLOR: '1',
      NODE_OPTIONS: `--import=${preload}`,
      ZOO_KILL_FOLDER: folder,
      ...(log !== undefined && { ZOO_KILL_LOG: log }),
      ...(attack && { ZOO_KILL_HOW: attack.how, ZOO_KILL_AT: String(attack.at) }),
    },
  });
  let err = '';
  child.stderr.on('data', (piece) => {
    err += String(piece);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, err }));
  });
}
