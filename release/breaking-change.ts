import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Checkout } from './checkout.ts';
import { command } from './command.ts';

/**
 * Takes an export away after a release. With a changeset that calls it a patch the check of public signatures has to refuse it and to
 * name what is gone; with one that calls it what it is, a new minor version before 1.0, the check has to pass.
 */
export async function refusesBreakingChange({ folder }: Checkout): Promise<void> {
  const file = path.join(folder, 'packages/inspect/src/index.ts');
  const source = await readFile(file, 'utf8');
  const broken = source.replace(/^export .*\bmermaid\b.*\n/m, '');
  if (broken === source) throw new Error('packages/inspect/src/index.ts: found no export of mermaid to take away.');
  await writeFile(file, broken);
  // It writes the signatures anew, and already says what they need.
  await command('npm', ['run', 'api'], { cwd: folder, mayFail: true });
  const check = async (bump: 'patch' | 'minor') => {
    const text = `---\n'@zoo/inspect': ${bump}\n---\n\nTakes the diagram away.\n`;
    await writeFile(path.join(folder, '.changeset', 'breaking.md'), text);
    return command('npm', ['run', 'api:check'], { cwd: folder, mayFail: true });
  };
  const { code, out, err } = await check('patch');
  if (code === 0) throw new Error('npm run api:check accepts it as a patch.');
  if (!/mermaid/.test(out + err))
    throw new Error(`npm run api:check does not say what is gone: ${(err + out).trim().slice(0, 300)}`);
  const honest = await check('minor');
  if (honest.code !== 0)
    throw new Error(`npm run api:check refuses it as what it is: ${honest.err.trim().slice(0, 300)}`);
}
