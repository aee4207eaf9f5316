import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Checkout } from './checkout.ts';
import { command } from './command.ts';

/** Takes an export away with a patch for a changeset: the check of public signatures has to refuse it, and to name it. */
export async function refusesBreakingChange({ folder }: Checkout): Promise<void> {
  const file = path.join(folder, 'packages/core/src/index.ts');
  const source = await readFile(file, 'utf8');
  const broken = source.replace(/^export \{ deriveSeed, type Random, random \}/m, 'export { type Random, random }');
  if (broken === source) throw new Error('packages/core/src/index.ts: found no export to take away.');
  await writeFile(file, broken);
  await writeFile(
    path.join(folder, '.changeset', 'breaking.md'),
    "---\n'@zoo/core': patch\n---\n\nTakes an export away.\n",
  );
  const { code, out, err } = await command('npm', ['run', 'api'], { cwd: folder, mayFail: true });
  if (code === 0) throw new Error('npm run api accepts it.');
  if (!/deriveSeed/.test(out + err))
    throw new Error(`npm run api does not name what is gone: ${(err + out).trim().slice(0, 300)}`);
}
