import { execFile } from 'node:child_process';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type OnProgress, ZooError } from '@zoo/core';
import { makeFolder } from '@zoo/core/files';

export interface PipOptions {
  /** An existing folder, which gets the wheel. */
  folder: string;
  /** SHA-256 of the wheels that are taken, in hexadecimal digits: one for each kind of machine. Default: any. */
  sha256?: readonly string[];
  /** The Python whose pip does it. Default: `python3`. */
  python?: string;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/** Bytes in a folder, as far as it is there. */
async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true }).catch(() => []))
    sum += (await stat(path.join(folder, name)).catch(() => undefined))?.size ?? 0;
  return sum;
}

/** pip names a wheel's size before it fetches it: `Downloading NAME.whl (274.0 MB)`. */
const announcedBytes = (text: string): number | undefined => {
  const [, amount, unit] = /Downloading \S+\.whl \(([\d.]+) ([kMG])B\)/.exec(text) ?? [];
  return amount ? Number(amount) * (unit === 'G' ? 1e9 : unit === 'M' ? 1e6 : 1e3) : undefined;
};

/** The line of pip's output with the error. */
const pipError = (err: string): string =>
  err
    .split('\n')
    .filter((line) => line.startsWith('ERROR:'))
    .at(-1)
    ?.replace(/^ERROR: /, '')
    .replace(/\.$/, '') ??
  err.trim().split('\n').at(-1) ??
  '';

/** Arguments that download the wheel of one requirement: it is read, not installed, and nothing in it is run. */
const args = (folder: string, what: readonly string[]): string[] => [
  ...['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--progress-bar', 'off'],
  ...['--only-binary=:all:', '--python-version', '3.12', '-d', folder, ...what],
];

/** pip takes hashes from a file only. */
async function withHashes(requirement: string, sha256: readonly string[], scratch: string): Promise<string[]> {
  const file = path.join(scratch, 'requirements.txt');
  await writeFile(file, [requirement, ...sha256.map((hash) => `--hash=sha256:${hash}`)].join(' '));
  return ['--require-hashes', '-r', file];
}

/**
 * Has pip choose and fetch the wheel of a requirement that suits this machine (`tensorflow==2.21.0`, `a<2,>=1`), with the user's
 * pip settings. Where the very file is known, `pypiPackage` needs no Python.
 *
 * @throws ZooError `network` when pip cannot fetch it or the wheel has another hash, in pip's own words.
 */
export async function pipDownload(requirement: string, options: PipOptions): Promise<void> {
  const { folder, sha256, python = 'python3', signal, onProgress = () => {} } = options;
  const scratch = path.join(folder, '.pip');
  await makeFolder(scratch);
  const what = sha256 ? await withHashes(requirement, sha256, scratch) : [requirement];
  const task = `download ${requirement.replace('==', ' ')}`;
  let total: number | undefined;
  const watch = setInterval(() => {
    void bytesIn(folder).then((done) =>
      onProgress({ task, done, unit: 'bytes', ...(total ? { total: Math.max(total, done + 1) } : {}) }),
    );
  }, 500);
  try {
    await new Promise<void>((resolve, reject) => {
      const env = { ...process.env, TMPDIR: scratch };
      const child = execFile(python, args(folder, what), { env, signal }, (error, _out, err) => {
        if (!error) resolve();
        else if (signal?.aborted) reject(signal.reason);
        else
          reject(
            new ZooError(
              'network',
              `${requirement}: pip could not fetch it, ${pipError(err || error.message)}. Check the network and pip's settings.`,
              { cause: error },
            ),
          );
      });
      child.stdout?.on('data', (text) => {
        total ??= announcedBytes(String(text));
      });
    });
  } finally {
    clearInterval(watch);
    await rm(scratch, { recursive: true, force: true });
  }
  const done = await bytesIn(folder);
  onProgress({ task, done, total: done, unit: 'bytes' });
}
