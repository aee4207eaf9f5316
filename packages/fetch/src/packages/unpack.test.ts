import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { serve } from '@zoo/testing/serve';
import { packTar } from 'modern-tar';
import { beforeEach, expect, it } from 'vitest';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { packed } from '../testing/packed.ts';
import { unpackNpmPackage } from './unpack.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

const tarball = async (names: string[]) =>
  packed(gzipSync(await packTar(names.map((name) => ({ header: { name, size: 2 }, body: Buffer.from('ok') })))));

const unpacked = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)).replaceAll('\\', '/'))
    .sort();

it('takes what is wanted of an npm package, by its path in the package', async () => {
  const names = ['package/package.json', 'package/dist/index.js', 'package/dist/proto/api.js', 'package/src/index.ts'];
  const file = await tarball(names);
  const registry = await serve((request, response) => {
    if (request.url?.endsWith('.tgz')) return void response.end(file.content);
    const dist = { tarball: `${registry}deep/-/deep-1.0.0.tgz`, integrity: file.integrity };
    response.end(JSON.stringify({ name: 'deep', versions: { '1.0.0': { name: 'deep', version: '1.0.0', dist } } }));
  });
  await npmUser(`registry=${registry}\n`);
  const wanted = (name: string) => /^(package\.json|dist\/.*\.js)$/.test(name);
  await unpackNpmPackage({ ...file, name: 'deep', version: '1.0.0' }, { folder, wanted });
  expect(await unpacked()).toEqual(['dist/index.js', 'dist/proto/api.js', 'package.json']);
});
