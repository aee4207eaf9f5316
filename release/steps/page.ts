import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { command, endGroup, userEnvironment } from '../command.ts';
import { visit } from '../page.ts';
import type { Project } from '../project.ts';
import { freePort } from '../registry.ts';
import { checkResult } from '../result.ts';
import type { Headers } from '../serve.ts';
import type { PageRow } from '../setups.ts';
import type { Steps } from './steps.ts';

/** Starts the template's own server. */
async function startServer({ folder, env }: Project): Promise<{ origin: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn('npm', ['run', 'start', '--', '--port', String(port)], {
    cwd: folder,
    env: { ...userEnvironment(), ...env },
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

export function pageSteps({ page, threadScript }: PageRow, project: Project): Steps {
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
