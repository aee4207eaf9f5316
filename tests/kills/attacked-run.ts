import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { differences } from './run-files.ts';
import { type Attack, type Ended, runProgram } from './run-program.ts';

/** A training, without its `--out`. */
export interface Case {
  name: string;
  words: readonly string[];
}

/** An undisturbed training. */
export interface Reference {
  folder: string;
  /** How many things it does to its files. */
  points: number;
  /** Numbers of these things, by kind: all writes of a checkpoint are one, and its renaming another. */
  kinds: readonly (readonly number[])[];
}

export interface AttackedRun {
  /** Attacks that hit: a process that does fewer things than the attack waits for comes to its end. */
  hits: Attack[];
  /** Processes that it took. */
  processes: number;
  /** What is wrong with what came out. */
  faults: string[];
}

const text = ({ code, err }: Ended): string => `exit code ${code}: ${err.trim().split('\n').at(-1)}`;

export async function referenceRun({ name, words }: Case, inFolder: string): Promise<Reference> {
  const folder = path.join(inFolder, `${name}-reference`);
  const log = path.join(inFolder, `${name}.log`);
  await rm(folder, { recursive: true, force: true });
  await rm(log, { force: true });
  const ended = await runProgram([...words, '--out', folder], { folder, log });
  if (ended.code !== 0) throw new Error(`${name}: the undisturbed run failed, ${text(ended)}\n${ended.err}`);
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  const kinds = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const kind = line.replace(/^\d+ \d+ /, '').replaceAll(/[\d-][0-9a-f]*/g, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), index + 1]);
  }
  return { folder, points: lines.length, kinds: [...kinds.values()] };
}

/** A record is there only where the run has begun. */
const hasBegun = (folder: string): boolean => existsSync(path.join(folder, 'run.json'));

/**
 * Trains a run whose processes are attacked one after the other, goes on with it each time as a user would, and compares the end.
 */
export async function attackedRun(
  { words }: Case,
  reference: Reference,
  folder: string,
  attacks: readonly Attack[],
): Promise<AttackedRun> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const start = [...words, '--out', folder];
  const hits: Attack[] = [];
  let left = [...attacks];
  let processes = 0;
  for (let next = start; processes < 2 * attacks.length + 3; ) {
    const [attack, ...rest] = left;
    const ended = await runProgram(next, { folder, ...(attack && { attack }) });
    processes++;
    // Before the very first file it is unknown what was to be trained. Then resuming says so, and the run is started again.
    if (
      next !== start &&
      !hasBegun(folder) &&
      /repeat its original command|expected the record of a run|there is no such folder/.test(ended.err)
    ) {
      next = start;
      continue;
    }
    const isHit =
      attack !== undefined && (ended.code === null || ended.code === 137 || /ENOSPC|disk is full/.test(ended.err));
    if (isHit) hits.push(attack);
    left = rest;
    // Code 2: the process before was killed behind its last word.
    if (ended.code === 0 || (ended.code === 2 && /has done its \d+ epochs/.test(ended.err)))
      return { hits, processes, faults: await differences(folder, reference.folder) };
    if (!isHit) {
      const fault = attack ? `attack ${attack.at} did not hit;` : 'does not go on,';
      return { hits, processes, faults: [`${fault} ${text(ended)}`] };
    }
    next = ['train', '--resume', folder, ...backendOf(words)];
  }
  return { hits, processes, faults: ['does not come to an end'] };
}

/** The options that say where it is computed. */
const backendOf = (words: readonly string[]): string[] =>
  words.flatMap((word, index) =>
    ['--backend', '--threads', '--workers'].includes(word) ? [word, words[index + 1] ?? ''] : [],
  );
