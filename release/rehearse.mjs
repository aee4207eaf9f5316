// Publishes everything to a registry of its own, and installs, builds and runs it there as users do: see README.md.
import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('./rehearsal.ts', import.meta.url).pathname, { configFile: false });
process.exitCode = await module.rehearse(process.argv.slice(2));
