import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Progress } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/npm-user.ts';
import { pipDownload } from './pip-download.ts';

/** A program that stands in for Python, and a folder for wheels. */
async function pythonThat(script: string) {
  const folder = await temporaryFolder();
  const python = path.join(await temporaryFolder(), 'python');
  await writeFile(python, `#!/bin/sh\n${script}\n`);
  await chmod(python, 0o755);
  return { python, folder };
}

describe('pipDownload', () => {
  it('has pip leave a wheel in a folder, and nothing else', async () => {
    const { python, folder } = await pythonThat('echo wheel > "$(dirname "$TMPDIR")/a-1.whl"; echo "$@" > "$TMPDIR/x"');
    const progress: Progress[] = [];
    await pipDownload('a==1', { python, folder, onProgress: (step) => progress.push(step) });
    expect(await readdir(folder)).toEqual(['a-1.whl']);
    expect(progress.at(-1)).toEqual({ task: 'download a 1', done: 6, total: 6, unit: 'bytes' });
  });

  it('says what pip says', async () => {
    const { python, folder } = await pythonThat('echo "ERROR: No matching distribution found for a==9." >&2; exit 1');
    await expect(pipDownload('a==9', { python, folder })).rejects.toThrow(
      "a==9: pip could not fetch it, No matching distribution found for a==9. Check the network and pip's settings.",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('has pip check the hashes', async () => {
    const { python, folder } = await pythonThat(
      'while [ "$1" != -r ]; do shift; done; cp "$2" "$(dirname "$TMPDIR")/given"',
    );
    await pipDownload('a==1', { python, folder, sha256: ['0f', '1e'] });
    expect(await readFile(path.join(folder, 'given'), 'utf8')).toBe('a==1 --hash=sha256:0f --hash=sha256:1e');
  });

  it('ends when the signal says so', async () => {
    const { python, folder } = await pythonThat('exec sleep 60');
    const signal = AbortSignal.timeout(200);
    await expect(pipDownload('a==1', { python, folder, signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
