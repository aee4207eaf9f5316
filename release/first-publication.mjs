// Publishes names that npm does not know yet, and makes release.yml their trusted publisher: see first-publication.md.
// node release/first-publication.mjs [--dry-run]
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const dry = process.argv.includes('--dry-run');
const options = { stdio: 'inherit', shell: process.platform === 'win32' };
const run = (...args) => {
  console.log(`npm ${args.join(' ')}`);
  if (!dry) execFileSync(npm, args, options);
};

const manifests = ['packages', 'apps']
  .flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`))
  .map((place) => ({ place, ...JSON.parse(readFileSync(`${place}/package.json`, 'utf8')) }))
  .filter((manifest) => manifest.private !== true);

/** Whether a name is on the registry. A registry that does not answer is no answer. */
function isKnown(name) {
  const { status, stdout } = spawnSync(npm, ['view', name, 'name', '--json'], {
    ...options,
    stdio: 'pipe',
    encoding: 'utf8',
  });
  if (status === 0) return true;
  const { error } = JSON.parse(stdout || '{}');
  if (error?.code === 'E404') return false;
  throw new Error(`${name}: the registry does not say whether it is there: ${error?.summary ?? 'no answer'}`);
}

const missing = manifests.filter(({ name }) => !isKnown(name));
console.log(
  missing.length === 0
    ? 'Every name is published.'
    : `Not published yet: ${missing.map(({ name }) => name).join(', ')}`,
);
if (missing.length > 0) run('run', 'build');
// As they are, under a tag of their own: nobody who installs the package without a tag shall depend on them for long.
for (const { place } of missing) run('publish', `./${place}`, '--access', 'public', '--tag', 'first');
for (const { name } of missing)
  run(
    'trust',
    'github',
    name,
    '--repo',
    'zoo-js/zoo',
    '--file',
    'release.yml',
    '--env',
    'npm',
    '--allow-publish',
    '--yes',
  );
