import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { packagesOf, root } from '../../checks/workspace.ts';
import type { Outcome, ReadRequest } from './worker.ts';

const packages = await packagesOf(root, ['packages']);

/** A program of this folder as one file, of the sources: Node 20 runs no TypeScript. */
export async function bundled(
  program: string,
  format: 'esm' | 'cjs',
  define: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = path.join(root, 'node_modules', '.zoo-hostile');
  await mkdir(folder, { recursive: true });
  const name = `${path.basename(program, '.ts')}-${process.pid}`;
  const outfile = path.join(folder, `${name}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await build({
    entryPoints: [path.join(root, 'tests/hostile', program)],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    target: 'node20',
    define: { ...define },
    // Those with native parts, and those of which there may be but one. A package's own dependencies are found from it, not from here.
    external: ['sharp', '@tensorflow/*', 'webgpu'],
    ...(format === 'esm' && {
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    }),
    alias: Object.fromEntries(packages.map(({ name, folder }) => [name, path.join(folder, 'src')])),
    // Weights that come with the zoo are modules: see their package's tsup.config.ts.
    loader: { '.safetensors': 'binary' },
    logLevel: 'error',
  });
  return outfile;
}

/** The program that reads. */
export const buildWorker = () => bundled('worker.ts', 'esm');

/** What a killed worker had used: seconds of CPU time and MiB. */
function usage(pid: number): { cpu: number; memory: number } {
  if (!existsSync(`/proc/${pid}/stat`)) return { cpu: 0, memory: 0 };
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [user = 0, system = 0, pages = 0] = [fields[11], fields[12], fields[21]].map(Number);
  return { cpu: (user + system) / 100, memory: (pages * 4096) / 2 ** 20 };
}

export interface Verdict extends Omit<Outcome, 'ended'> {
  ended: Outcome['ended'] | 'killed' | 'died';
}

/** Far beyond the limits: a process that reaches these is killed, so that the machine stays usable. */
const maxSeconds = 6;
const maxMemory = 1500;
const maxWait = 180;

/** A process that reads files, one at a time, with a heap of 256 MiB; a new one takes the place of one that did not survive. */
export function readerProcess(worker: string, warmUp: readonly ReadRequest[]) {
  let child: ChildProcess | undefined;

  async function start(): Promise<ChildProcess> {
    const started = fork(worker, {
      cwd: root,
      execArgv: ['--max-old-space-size=256', '--expose-gc'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      let stderr = '';
      started.stderr?.on('data', (text: Buffer) => {
        stderr += text;
      });
      started.once('message', () => resolve());
      started.once('exit', (code) => reject(new Error(`the worker did not start (${code}): ${stderr}`)));
    });
    started.removeAllListeners('exit');
    // Code that is loaded once does not count as the cost of a file.
    for (const asked of warmUp) {
      const { ended, message } = await askOf(started, { ...asked, warmUp: true });
      if (ended !== 'opened') throw new Error(`warming up, ${asked.path}: ${ended}: ${message}`);
    }
    return started;
  }

  function askOf(process: ChildProcess, asked: ReadRequest): Promise<Verdict> {
    const pid = process.pid ?? 0;
    const before = usage(pid);
    const began = Date.now();
    let stderr = '';
    return new Promise((resolve) => {
      const end = (verdict: Verdict) => {
        clearInterval(watch);
        process.removeAllListeners('message');
        process.removeAllListeners('exit');
        process.stderr?.removeAllListeners('data');
        resolve(verdict);
      };
      const watch = setInterval(() => {
        const { cpu, memory } = usage(pid);
        const waited = (Date.now() - began) / 1000;
        if (cpu - before.cpu < maxSeconds && memory - before.memory < maxMemory && waited < maxWait) return;
        process.kill('SIGKILL');
        if (child === process) child = undefined;
        end({
          ended: 'killed',
          message: `after ${waited.toFixed(0)} s`,
          cpu: cpu - before.cpu,
          memory: memory - before.memory,
        });
      }, 200);
      process.stderr?.on('data', (text: Buffer) => {
        stderr = `${stderr}${text}`.slice(-2000);
      });
      process.once('message', (outcome: Outcome) => end(outcome));
      process.once('exit', (code, signal) => {
        if (child === process) child = undefined;
        const fatal = /FATAL ERROR: .*/.exec(stderr)?.[0] ?? stderr.slice(-300);
        end({ ended: 'died', message: `${signal ?? code} ${fatal}`, cpu: 0, memory: 256 });
      });
      process.send(asked);
    });
  }

  return {
    ask: async (asked: ReadRequest): Promise<Verdict> => askOf(child ?? (await start()), asked),
    /** Ends the process: the next file gets a new one. */
    renew(): void {
      child?.removeAllListeners();
      child?.kill('SIGKILL');
      child = undefined;
    },
  };
}
