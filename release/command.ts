import { spawn } from 'node:child_process';

/** How a command is run. */
export interface CommandOptions {
  cwd: string;
  /** Beside the environment of this process. */
  env?: NodeJS.ProcessEnv;
  /** Default: 5. */
  minutes?: number;
  /** Whether any exit code is an answer. Default: false. */
  mayFail?: boolean;
}

/** What a command printed. */
export interface Printed {
  code: number | null;
  out: string;
  err: string;
}

/** A summary of a failure: the lines that name an error, else the last ones. */
function errorSummary(text: string): string {
  const noise = /^\s+at |^npm (error|warn) *(A complete log|code|errno|path|workspace)|YN0000|^> /;
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !noise.test(line));
  const named = lines.filter((line) => /error|YN\d{4}|cannot|could not|can't|fail/i.test(line));
  // A line that only announces errors is followed by them.
  const first = lines.indexOf(named.find((line) => !/failed|with \d+ errors?/.test(line)) ?? named[0] ?? '');
  return (first < 0 ? lines.slice(-3) : lines.slice(first, first + 3)).join('\n').slice(0, 600);
}

/** The environment of a user's shell: the runner of this script has set NODE_ENV, by which bundlers build for development. */
export function userEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _runner, ...env } = process.env;
  return env;
}

/** Runs a program. Fails, in its own words, where it does not end with 0. */
export async function command(program: string, args: readonly string[], options: CommandOptions): Promise<Printed> {
  const { cwd, env = {}, minutes = 5, mayFail = false } = options;
  // A group of its own, so that whatever it started ends with it.
  const child = spawn(program, args, {
    cwd,
    env: { ...userEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
  });
  const printed: Printed = { code: null, out: '', err: '' };
  child.stdout.on('data', (data) => {
    printed.out += data;
  });
  child.stderr.on('data', (data) => {
    printed.err += data;
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, minutes * 60_000);
  printed.code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  const shown = [program, ...args].join(' ').slice(0, 120);
  if (late) throw new Error(`${shown}: not done after ${minutes} minutes.`);
  if (printed.code !== 0 && !mayFail) throw new Error(`${shown}: ${errorSummary(`${printed.err}\n${printed.out}`)}`);
  return printed;
}

/** Ends a process that leads a group, and what it has started. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
