import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { command, endGroup } from './command.ts';
import { visit } from './page.ts';
import type { Project } from './project.ts';
import { freePort } from './registry.ts';
import { checkResult } from './result.ts';
import type { Headers } from './serve.ts';
import type { Column, CommandLineRow, NodeRow, PageRow, Row, TypesRow } from './setups.ts';
import { nodeOf } from './tools.ts';

/** What is done in a row, in the order of the columns. `again` follows a new version: what was made with the first one is read. */
export interface Steps {
  first: Partial<Record<Column, () => Promise<void>>>;
  again(): Promise<void>;
}

function nodeSteps(row: NodeRow, { folder, manager, env }: Project): Steps {
  const node = async (...args: string[]) => manager.run(folder, await nodeOf(row.node), args, env);
  const run = async () => {
    const { backend } = checkResult(await node(row.program, 'net.pth'));
    const { threads = 2 } = row;
    assert.equal(backend.threads, threads, `threads in Node: ${backend.threads}, expected ${threads}`);
  };
  return {
    first: {
      async run() {
        await run();
        if (row.saves) await node('save.js', 'saved');
      },
    },
    async again() {
      await run();
      if (row.saves) await node('load.js', 'saved');
    },
  };
}

function typesSteps(row: TypesRow, { folder }: Project): Steps {
  const types = async () => {
    await command(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', ...row.types], { cwd: folder });
  };
  return { first: { types }, again: types };
}

/** Starts the template's own server. */
async function startServer({ folder, env }: Project): Promise<{ origin: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn('npm', ['run', 'start', '--', '--port', String(port)], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
  });
  const origin = `http://localhost:${port}`;
  for (let attempt = 0; attempt < 120; attempt++) {
    if ((await fetch(`${origin}/net.pth`).catch(() => undefined))?.ok) return { origin, child };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  endGroup(child.pid);
  throw new Error('its server does not start.');
}

/** What a server component left in the page. */
async function checkServerSide(origin: string): Promise<void> {
  const html = await (await fetch(origin)).text();
  const [, text = ''] = /<pre>(.*?)<\/pre>/s.exec(html) ?? [];
  checkResult(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

function pageSteps({ page, threadScript }: PageRow, project: Project): Steps {
  const { folder, env } = project;
  const build = async () => {
    await command('npm', ['run', 'build'], { cwd: folder, env });
  };
  const look = async (headers: Headers) => {
    if (page !== 'start') return visit({ folder: path.join(folder, page.folder) }, headers);
    const { origin, child } = await startServer(project);
    try {
      await checkServerSide(origin);
      await visit({ origin }, headers);
    } finally {
      endGroup(child.pid);
    }
  };
  const strict: Headers = { isolated: true, csp: ["'self'", ...(threadScript ? [] : ['blob:'])] };
  return {
    first: {
      build,
      run: () => look({ isolated: false }),
      isolated: () => look({ isolated: true }),
      csp: () => look(strict),
    },
    async again() {
      await build();
      await look(strict);
    },
  };
}

function commandLineSteps(_row: CommandLineRow, { folder, env }: Project): Steps {
  const zoo = async (...args: string[]) =>
    (await command('npx', ['--no-install', 'zoo', ...args, '--json'], { cwd: folder, env })).out;
  const test = async (...args: string[]) => {
    const tested = await zoo('eval', ...args, '--data', 'pictures');
    if (!tested.includes('"top1"')) throw new Error(`zoo eval printed ${tested}`);
  };
  // A checkpoint of PyTorch does not say what network it is for.
  const testCheckpoint = () => test('run.pth', '--model', 'alexnet/cifar10-quick', '--classes', '2');
  return {
    first: {
      async run() {
        await command(process.execPath, ['make-pictures.js', 'pictures'], { cwd: folder });
        await zoo('train', 'alexnet/cifar10-quick', '--data', 'pictures', '--epochs', '1', '--out', 'run');
        await zoo('convert', 'run', 'run.pth');
        await testCheckpoint();
      },
    },
    async again() {
      await test('run');
      await testCheckpoint();
      const resumed = await zoo('train', '--resume', 'run', '--epochs', '2');
      if (!resumed.includes('"done"')) throw new Error(`zoo train --resume printed ${resumed}`);
    },
  };
}

export function stepsOf(row: Row, project: Project): Steps {
  if ('program' in row) return nodeSteps(row, project);
  if ('types' in row) return typesSteps(row, project);
  if ('page' in row) return pageSteps(row, project);
  return commandLineSteps(row, project);
}
