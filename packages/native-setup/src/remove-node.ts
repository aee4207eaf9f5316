import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, installationFile, nativeFolder, tfjsNodeVersion, thisMachine } from '@zoo/backends/native';
import { removeAbandoned } from '@zoo/core/files';
import { sourceFolders } from './sources.ts';
import { wheelFolder } from './wheel.ts';

const flavours: readonly Flavour[] = ['node', 'node-gpu'];

/**
 * Removes the build of `setupNode` for a flavour on this machine. Parts that the other flavour also uses stay as long as that is installed.
 * @returns The names of the removed files and folders.
 */
export async function removeNode(flavour: Flavour): Promise<string[]> {
  const parent = nativeFolder();
  const names = await readdir(parent).catch((): string[] => []);
  const mine = installationFile(flavour);
  const other = flavours.find((one) => one !== flavour && names.includes(path.basename(installationFile(one))));
  const shared = other ? [...sourceFolders(other), wheelFolder(other)] : [];
  const builds = names.filter((name) => name.startsWith(`${flavour}-${tfjsNodeVersion}-${thisMachine()}-`));
  const paths = [
    mine,
    ...[...sourceFolders(flavour), wheelFolder(flavour)].filter((one) => !shared.includes(one)),
    ...builds.map((name) => path.join(parent, name)),
  ];
  const removed: string[] = [];
  // The file that names the build is removed first: without it, a half removed build is not loaded.
  for (const one of paths)
    if (names.includes(path.basename(one))) {
      await rm(one, { recursive: true, force: true });
      removed.push(path.basename(one));
    }
  await removeAbandoned(parent);
  return removed;
}
