// Puts a built documentation into a folder of its version, and lets the site's root lead to the newest:
// node checks/run.mjs docs/place-version.ts BUILT SITE VERSION
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const isVersion = (name: string) => /^\d+\.\d+$/.test(name);
const newestFirst = (a: string, b: string): number => {
  const [[aMajor = 0, aMinor = 0], [bMajor = 0, bMinor = 0]] = [a.split('.').map(Number), b.split('.').map(Number)];
  return bMajor - aMajor || bMinor - aMinor;
};

/** `SITE/VERSION`, `SITE/versions.json` and `SITE/index.html`. Gives the versions that are there, newest first. */
export async function placeVersion(built: string, site: string, version: string): Promise<string[]> {
  if (!isVersion(version)) throw new Error(`Documentation of version ${version}: expected a version such as 0.1.`);
  await mkdir(site, { recursive: true });
  await rm(path.join(site, version), { recursive: true, force: true });
  await cp(built, path.join(site, version), { recursive: true });
  const versions = (await readdir(site)).filter(isVersion).sort(newestFirst);
  const newest = versions[0] ?? version;
  await writeFile(path.join(site, 'versions.json'), `${JSON.stringify(versions)}\n`);
  await writeFile(
    path.join(site, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>zoo</title><meta http-equiv="refresh" content="0; url=./${newest}/"><a href="./${newest}/">${newest}</a>\n`,
  );
  // Files whose names begin with a line would be left out by GitHub's own builder of pages.
  await writeFile(path.join(site, '.nojekyll'), '');
  return versions;
}

if (process.argv[2] !== undefined && path.resolve(process.argv[2]) === fileURLToPath(import.meta.url)) {
  const [built = '', site = '', version = ''] = process.argv.slice(3);
  console.log((await placeVersion(built, site, version)).join('\n'));
}
