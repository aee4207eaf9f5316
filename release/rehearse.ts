// Publishes everything to a registry of its own, and installs, builds and runs it there as users do: see README.md.
import { rehearse } from './rehearsal.ts';

process.exitCode = await rehearse(process.argv.slice(3));
