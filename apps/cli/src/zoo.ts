import { runZoo } from './run-zoo.ts';

process.exitCode = await runZoo(process.argv.slice(2));
