import { needsSupervisor, supervise } from './supervise.ts';
import { endWithSupervisor, isSupervised } from './supervised.ts';

const words = process.argv.slice(2);

async function runHere(): Promise<number> {
  if (isSupervised()) endWithSupervisor();
  const { runZoo } = await import('./run-zoo.ts');
  return runZoo(words);
}

process.exitCode = (needsSupervisor(words) ? await supervise() : undefined) ?? (await runHere());
// After a signal nobody waits for what is still under way, such as a download that was given up.
if (process.exitCode > 128) process.exit();
