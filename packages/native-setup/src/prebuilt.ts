import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, nativeFolder, tfjsNodeVersion, thisMachine } from '@zoo/backends/native';
import { parseString, ZooError } from '@zoo/core';
import { checkAddon } from './check-addon.ts';
import { completeFolder } from './complete-folder.ts';
import type { SetupContext } from './setup-context.ts';

/** The C library that upstream's addons were built with. */
const libraryVersion = '2.9.1';

/** Upstream's names of the machines that it has built addons for: they stand in its `scripts/`. */
const systems: Readonly<Record<string, { addon: string; library: string }>> = {
  'linux-x64': { addon: 'linux', library: 'linux-x86_64' },
  'darwin-x64': { addon: 'darwin', library: 'darwin-x86_64' },
};

/** Where upstream keeps its addons: as it says in the package's own manifest. */
async function host(sources: string): Promise<URL> {
  const manifest: { binary?: { host?: unknown } } = JSON.parse(
    await readFile(path.join(sources, 'package.json'), 'utf8'),
  );
  const override = process.env.TFJS_NODE_CDN_STORAGE ?? process.env.CDN_STORAGE;
  return new URL(override ?? parseString(manifest.binary?.host, 'package.json: binary.host'));
}

export const prebuiltFolder = (flavour: Flavour): string =>
  path.join(nativeFolder(), `${flavour}-${tfjsNodeVersion}-${thisMachine()}-prebuilt`);

/**
 * Upstream's own addon and its libtensorflow, where they can be downloaded and load.
 *
 * @returns The addon's path and the folder of its library.
 * @throws ZooError that says why not: a reason to build.
 */
export async function prebuiltAddon(
  flavour: Flavour,
  sources: string,
  context: SetupContext,
): Promise<{ addon: string; libtensorflow: string }> {
  const system = systems[thisMachine()];
  if (!system || (flavour === 'node-gpu' && thisMachine() !== 'linux-x64'))
    throw new ZooError('not-found', `upstream has no addon for ${thisMachine()}.`);
  const folder = prebuiltFolder(flavour);
  const kind = flavour === 'node' ? 'cpu' : 'gpu';
  const origin = await host(sources);
  const at = (file: string) => new URL(`/${file}`, origin).href;
  const addon = (root: string) => path.join(root, 'lib', 'napi-v8', 'tfjs_binding.node');
  await completeFolder(folder, async (part) => {
    const { unpackTarball } = await import('@zoo/fetch/packages');
    const [lib, deps] = [path.join(part, 'lib'), path.join(part, 'deps')];
    await Promise.all([lib, deps].map((one) => mkdir(one)));
    const file = `${kind.toUpperCase()}-${system.addon}-${tfjsNodeVersion}.tar.gz`;
    await unpackTarball(at(`tf-builds/pre-built-binary/napi-v8/${tfjsNodeVersion}/${file}`), {
      ...context,
      folder: lib,
    });
    const library = `libtensorflow-${kind}-${system.library}-${libraryVersion}.tar.gz`;
    await unpackTarball(at(`tensorflow/libtensorflow/${library}`), { ...context, folder: deps });
    await checkAddon(addon(part), context);
  });
  return { addon: addon(folder), libtensorflow: path.join(folder, 'deps', 'lib') };
}
