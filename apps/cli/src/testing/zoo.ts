import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Parse } from '@zoo/core';
import { runZoo } from '../run-zoo.ts';

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

/** Native addons take seconds to load: a command without `--backend` takes wasm, as where nothing was set up. */
const homeWithoutAddons = path.join(os.tmpdir(), 'zoo-without-addons');

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
  const home = args.includes('--backend') ? {} : { ZOO_HOME: homeWithoutAddons };
  const env = { ...process.env, NO_COLOR: '1', ...home, ...options.env };
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

/** What a command prints on one of its streams. */
function heard(): { stream: Writable; text(): string } {
  let text = '';
  const stream = new Writable({
    write(piece: unknown, _encoding, done) {
      text += String(piece);
      done();
    },
  });
  return { stream, text: () => text };
}

/** Gives the process other values of some fields while something runs. */
async function withProcess<T>(
  fields: Partial<Record<keyof NodeJS.Process, unknown>>,
  run: () => Promise<T>,
): Promise<T> {
  const own = Object.entries(Object.getOwnPropertyDescriptors(process)).filter(([name]) => name in fields);
  for (const [name, value] of Object.entries(fields))
    Object.defineProperty(process, name, { configurable: true, value });
  try {
    return await run();
  } finally {
    for (const [name, descriptor] of own) Object.defineProperty(process, name, descriptor);
  }
}

async function withoutAddons<T>(run: () => Promise<T>): Promise<T> {
  const { ZOO_HOME } = process.env;
  process.env.ZOO_HOME = homeWithoutAddons;
  try {
    return await run();
  } finally {
    if (ZOO_HOME === undefined) delete process.env.ZOO_HOME;
    else process.env.ZOO_HOME = ZOO_HOME;
  }
}

async function runHere(args: readonly string[], folder: string): Promise<Ended> {
  const [out, err] = [heard(), heard()];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const fields = { stdout: out.stream, stderr: err.stream, argv: [process.execPath, bin, ...args] };
    const code = await withProcess(fields, () => withoutAddons(() => runZoo(args)));
    return { code, out: out.text(), err: err.text() };
  } finally {
    process.chdir(before);
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command to its end in this process, on the sources: that is three times as fast as a process for each. Commands that
 * are called together run one after another, since a process has one standard output.
 */
export function zooIn(folder: string, ...args: readonly string[]): Promise<Ended> {
  const ended = last.then(() => runHere(args, folder));
  last = ended.catch(() => undefined);
  return ended;
}

export const zoo = (...args: readonly string[]): Promise<Ended> => zooIn(process.cwd(), ...args);

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
