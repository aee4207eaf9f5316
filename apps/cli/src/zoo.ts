import { needsSupervisor, supervise } from './supervise.ts';
import { endWithSupervisor, isSupervised } from './supervised.ts';

if (needsSupervisor(process.argv.slice(2))) process.exitCode = await supervise();
else {
  if (isSupervised()) endWithSupervisor();
  const { runZoo } = await import('./run-zoo.ts');
  process.exitCode = await runZoo(process.argv.slice(2));
  // After a signal nobody waits for what is still under way, such as a download that was given up.
  if (process.exitCode > 128) process.exit();
}
