// Runs a script that is written in TypeScript: node checks/run.mjs FILE [options]
import path from 'node:path';
import { runnerImport } from 'vite';

await runnerImport(path.resolve(process.argv[2]), { configFile: false });
