import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { systemCode, ZooError } from '@zoo/core';
import { unpackGzip } from './gzip.ts';
import type { Delivered, Source, SourceContext } from './source.ts';

const run = promisify(execFile);

/** Packed files that a Debian package has put on this machine. */
export const installedFiles = (debian: string, folder: string): Source => ({
  name: `Debian package ${debian}, installed`,
  async *deliver({ wanted }) {
    for (const { name, bytes } of wanted) {
      const packed = await readFile(path.join(folder, `${name}.gz`)).catch((error: unknown) => {
        throw new ZooError('not-found', `not installed (no ${path.join(folder, `${name}.gz`)})`, { cause: error });
      });
      yield { name, bytes: unpackGzip(packed, bytes) };
    }
  },
});

/** Runs one of Debian's tools. @throws ZooError that says which one failed, and its last line. */
async function debianTool(tool: string, args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  try {
    await run(tool, args, { cwd, signal, env: { ...process.env, LC_ALL: 'C' } });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') {
      throw new ZooError('not-found', `this machine has no ${tool}`, { cause: error });
    }
    const lines = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n') : [];
    const said = lines.filter((line) => !line.startsWith('W:')).at(-1) ?? String(error);
    throw new ZooError('network', `${tool} failed (${said})`, { cause: error });
  }
}

/** The files of a Debian package that is not installed: fetched and unpacked without becoming root. */
async function* fetchPackage(
  debian: string,
  folder: string,
  bytes: number,
  { wanted, workFolder, signal, onProgress }: SourceContext,
): AsyncGenerator<Delivered> {
  const task = `download ${debian}`;
  onProgress({ task, done: 0, total: bytes, unit: 'bytes' });
  const timeouts = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::https::Timeout=10'];
  await debianTool('apt-get', [...timeouts, 'download', debian], workFolder, signal);
  const deb = (await readdir(workFolder)).find((file) => file.endsWith('.deb'));
  if (!deb) throw new ZooError('not-found', `apt-get left no ${debian} package`);
  onProgress({ task, done: (await stat(path.join(workFolder, deb))).size, total: bytes, unit: 'bytes' });
  await mkdir(path.join(workFolder, 'raw'));
  await debianTool('dpkg-deb', ['--raw-extract', deb, 'raw'], workFolder, signal);
  for (const { name, bytes } of wanted) {
    yield { name, bytes: unpackGzip(await readFile(path.join(workFolder, 'raw', folder, `${name}.gz`)), bytes) };
  }
}

/** Packed files of a Debian package, through apt: signed by Debian, no root needed. */
export const aptDownload = (debian: string, folder: string, bytes: number): Source => ({
  name: `Debian package ${debian}, by apt-get`,
  deliver: (context) => fetchPackage(debian, folder, bytes, context),
});
