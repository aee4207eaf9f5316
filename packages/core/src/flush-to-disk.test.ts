import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { flushToDisk } from './flush-to-disk.ts';

it("flushes a file whose handle cannot, as those of Yarn's Plug'n'Play", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zoo-flush-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const handle = await open(path.join(folder, 'file'), 'w');
  const sync = () => {
    throw new Error('Method not implemented.');
  };
  await expect(flushToDisk(Object.assign(handle, { sync }))).resolves.toBeUndefined();
  const { fd } = handle;
  await handle.close();
  await expect(flushToDisk({ fd })).rejects.toThrow(/EBADF|bad file descriptor/);
});
