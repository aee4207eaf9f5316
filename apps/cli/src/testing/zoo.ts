import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Parse } from '@zoo/core';

const bin = fileURLToPath(new URL('../../bin/zoo.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A command that runs. */
export interface Running {
  child: ChildProcess;
  /** Waits until standard output holds this text. */
  hasPrinted(text: string): Promise<void>;
  ended: Promise<Ended>;
}

/**
 * Starts the built program, as a user would.
 *
 * @param input What comes on standard input. Default: nothing.
 */
export function startZoo(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  input?: Uint8Array,
): Running {
  // Colours are on in CI, also where nobody looks: messages are compared without them.
  const env = { ...process.env, NO_COLOR: '1', ...options.env };
  const child = spawn(process.execPath, [bin, ...args], { ...options, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  let out = '';
  let err = '';
  child.stdout.on('data', (piece) => {
    out += String(piece);
  });
  child.stderr.on('data', (piece) => {
    err += String(piece);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  const hasPrinted = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (out.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`zoo ended before it printed ${text}:\n${out}\n${err}`)));
      look();
    });
  return { child, hasPrinted, ended };
}

/** Runs a command to its end. */
export const zoo = (...args: readonly string[]): Promise<Ended> => startZoo(args).ended;

/** Standard output as JSON, an object a line: anything else there is an error. */
export const jsonLines = (out: string): unknown[] =>
  out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

/** Field names of an object. */
export const fieldsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

/** One field of an object that came from outside. */
export function field<T>(value: unknown, name: string, parse: Parse<T>): T {
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} has no fields`);
  return parse(Object.entries(value).find(([key]) => key === name)?.[1], name);
}
