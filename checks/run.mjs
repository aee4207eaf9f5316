// Runs a check that is written in TypeScript: node checks/run.mjs NAME [options]
import { runnerImport } from 'vite';

await runnerImport(new URL(`./${process.argv[2]}.ts`, import.meta.url).pathname, { configFile: false });
