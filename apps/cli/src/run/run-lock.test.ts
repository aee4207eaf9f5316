import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { killedOwner, lockRun, type RunOwner, requireFree } from './run-lock.ts';
import { thisProcess } from './run-process.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lock = () => lockRun(folder, ['train', 'x', '--data', 'y'], 'choose another --out');
const locks = async () => (await readdir(folder)).filter((name) => name.endsWith('.lock'));
const dead = spawnSync(process.execPath, ['-e', '']).pid;

/** The lock of another process, as if it had been written by it. */
async function lockOf(pid: number, changes: Partial<RunOwner['process']> = {}): Promise<string> {
  const owner: RunOwner = {
    process: { pid, host: os.hostname(), ...changes },
    since: '2026-03-01T12:00:00.000Z',
    command: ['train', 'theirs'],
    cwd: '/somewhere',
  };
  const file = path.join(folder, `.training.${pid}-0123abcd.lock`);
  await writeFile(file, JSON.stringify(owner));
  return file;
}

function living(): number {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('no process');
  return child.pid;
}

it('tells who trains in a folder, and is gone when it is released', async () => {
  const { release } = await lock();
  const [name = ''] = await locks();
  const owner: RunOwner = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  expect(owner).toMatchObject({ process: thisProcess(), command: ['train', 'x', '--data', 'y'], cwd: process.cwd() });
  await release();
  expect(await readdir(folder)).toEqual([]);
});

it('is refused while another process trains there, which is named with its beginning', async () => {
  const pid = living();
  await lockOf(pid);
  const message = new RegExp(
    `: process ${pid} has been training it since 2026-0[23]-\\d\\d \\d\\d:00:00\\. Wait until it has ended, or stop it by Ctrl-C first\\.`,
  );
  await expect(lock()).rejects.toThrow(message);
  await expect(requireFree(folder)).rejects.toThrow(message);
  await expect(lock()).rejects.toMatchObject({ code: 'usage' });
  expect(await locks()).toHaveLength(1);
});

it('honours the process of another machine, and names the file that is in the way', async () => {
  const file = await lockOf(1, { host: 'elsewhere.example' });
  await expect(lock()).rejects.toThrow(`process 1 on the machine elsewhere.example has been training it since `);
  await expect(lock()).rejects.toThrow(`If it no longer runs there, delete ${file} and try again.`);
});

it('of a process that is gone counts for nothing, nor does what it left half written', async () => {
  await lockOf(dead);
  await lockOf(living(), { begun: 'another boot 12' });
  await mkdir(path.join(folder, 'examples'));
  const machine = (await import('@zoo/core/files')).temporaryName('x').split('.')[2]?.split('-')[0];
  for (const place of ['.', 'examples'])
    await writeFile(path.join(folder, place, `.a.png.${machine}-${dead}-0123abcd.part`), 'half');
  const { release } = await lock();
  expect(await locks()).toHaveLength(1);
  await release();
  expect(await readdir(folder, { recursive: true })).toEqual(['examples']);
});

it('remembers what was typed for a training that was killed', async () => {
  expect(await killedOwner(folder)).toBeUndefined();
  await lockOf(dead);
  expect(await killedOwner(folder)).toMatchObject({ command: ['train', 'theirs'], cwd: '/somewhere' });
});

it('goes to one of many that come at the same moment', async () => {
  const script = path.join(folder, 'contend.ts');
  const place = path.join(folder, 'run');
  await mkdir(place);
  await writeFile(
    script,
    `import { lockRun } from '${new URL('./run-lock.ts', import.meta.url).pathname}';
     await new Promise((resolve) => setTimeout(resolve, Number(process.argv[3]) - Date.now()));
     try {
       await lockRun(${JSON.stringify(place)}, [], '');
       console.log('won');
       // Until all others have had their answer.
       await new Promise((resolve) => process.stdin.on('end', resolve).resume());
     } catch (error) {
       console.log('lost', error.message);
     }
     process.exit(0);`,
  );
  const run = new URL('../../../../checks/run.mjs', import.meta.url).pathname;
  const at = Date.now() + 3000;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [run, script, String(at)], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const said = await Promise.all(
    children.map(
      ({ stdout }) =>
        new Promise<string>((resolve) => {
          stdout.once('data', (line) => resolve(String(line)));
          stdout.once('close', () => resolve('nothing'));
        }),
    ),
  );
  for (const { stdin } of children) stdin.end();
  expect(said.filter((out) => out.startsWith('won'))).toHaveLength(1);
  expect(said.filter((out) => /^lost .*process \d+ has been training it/.test(out))).toHaveLength(3);
});
