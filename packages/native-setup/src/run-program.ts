import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** 0 when it went well; -1 where there is no such program. */
  code: number;
  out: string;
  err: string;
}

interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Called with everything that it prints, as it comes. */
  onOutput?: (text: string) => void;
}

/** Runs a program to its end. Rejects only when the signal fires. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
  const { signal, onOutput = () => {}, ...rest } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let out = '';
    let err = '';
    const child = spawn(program, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => child.kill();
    signal?.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (piece) => {
      out += String(piece);
      onOutput(String(piece));
    });
    child.stderr.on('data', (piece) => {
      err += String(piece);
      onOutput(String(piece));
    });
    const finish = (code: number) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code, out, err });
    };
    child.on('error', (error) => {
      err += error.message;
      finish(-1);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}
