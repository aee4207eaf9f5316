// Builds the packages for `npm start`: one line about it, and what the build says only where it fails.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
const args = ['run', 'build', '--filter=./packages/*', '--filter=./apps/*', '--output-logs=errors-only'];

console.log('Building the packages: about ten seconds, once.');
const { status, stdout, stderr, error } = spawnSync(process.execPath, [turbo, ...args], { encoding: 'utf8' });
if (error) throw error;
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`);
  process.exitCode = 1;
}
