import {
  type Flavour,
  type Installation,
  installationFile,
  nativeFolder,
  readInstallation,
  thisMachine,
} from '@zoo/backends/native';
import { type OnProgress, ZooError } from '@zoo/core';
import { diskError, makeFolder, removeAbandoned, writeFileAtomically } from '@zoo/core/files';
import { buildAddon, builtAddon } from './build-addon.ts';
import { checkAddon } from './check-addon.ts';
import { type Libtensorflow, libtensorflowNamed } from './libtensorflow.ts';
import type { SetupContext } from './setup-context.ts';
import { nodeHeaders, nodeSources } from './sources.ts';
import { fetchedWheel, installedWheel } from './wheel.ts';

export interface SetupOptions {
  /** The build that computes on NVIDIA GPUs. Default: false. */
  gpu?: boolean;
  /** A libtensorflow to build against: the folder of a Python package, of a virtual environment, or of the C library. */
  libtensorflow?: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

/** The existing installation, if it still loads and is the requested one. */
async function existingInstallation(flavour: Flavour, wanted: Libtensorflow | undefined, context: SetupContext) {
  try {
    const installation = readInstallation(flavour);
    if (!installation || (wanted && wanted.folder !== installation.libtensorflow)) return undefined;
    // One that an earlier version of the zoo has built otherwise.
    const { addon, libtensorflow } = installation;
    if (addon !== builtAddon(flavour, libtensorflow)) return undefined;
    await checkAddon(installation.addon, context);
    // The JavaScript beside it may be gone too: this fetches it anew.
    return (await nodeSources(flavour, context)) === installation.sources ? installation : undefined;
  } catch (error) {
    if (context.signal.aborted) throw error;
    return undefined;
  }
}

type Addon = Pick<Installation, 'addon' | 'libtensorflow'>;

/** The addon, built here against the first suitable libtensorflow. Upstream's prebuilt addons have no hash that could be checked. */
async function obtainAddon(
  flavour: Flavour,
  sources: string,
  given: Libtensorflow | undefined,
  context: SetupContext,
): Promise<Addon> {
  if (process.platform === 'win32')
    throw new ZooError(
      'backend',
      `${flavour}: the addon cannot be built on Windows, because Python's tensorflow brings no library to link with there. Use WSL, or another backend.`,
    );
  const library = given ?? (await installedWheel(flavour, context)) ?? (await fetchedWheel(flavour, context));
  const headers = await nodeHeaders(context);
  const addon = await buildAddon(flavour, { sources, headers, library }, context);
  return { addon, libtensorflow: library.folder };
}

/**
 * Makes the backend `node` (or `node-gpu`) usable on this machine: its addon is built from the sources of
 * `@tensorflow/tfjs-node` against a libtensorflow: the given one, that of an installed Python package `tensorflow`, or one
 * fetched by pip. Everything that is fetched is checked by pinned hashes. It is installed in the zoo's own folder; no root is
 * needed. Completed stages are not repeated, and an interruption leaves no incomplete stage.
 *
 * @throws ZooError `not-found` without a compiler, Python or libtensorflow, with the command that installs it; `network`
 *   where a package cannot be fetched; `backend` where the addon does not compile or load; `disk`; `interrupted`.
 */
export async function setupNode(options: SetupOptions = {}): Promise<Installation> {
  const { gpu = false, libtensorflow, onProgress = () => {} } = options;
  const context: SetupContext = { onProgress, signal: options.signal ?? new AbortController().signal };
  const flavour: Flavour = gpu ? 'node-gpu' : 'node';
  const given = libtensorflow === undefined ? undefined : libtensorflowNamed(libtensorflow);
  try {
    await makeFolder(nativeFolder()).catch((error) => {
      throw diskError(nativeFolder(), error, 'choose another folder with the environment variable ZOO_HOME');
    });
    await removeAbandoned(nativeFolder());
    const before = await existingInstallation(flavour, given, context);
    if (before) return before;
    const sources = await nodeSources(flavour, context);
    const addon = await obtainAddon(flavour, sources, given, context);
    const version = await checkAddon(addon.addon, context);
    const installation: Installation = { ...addon, sources, version, machine: thisMachine() };
    await writeFileAtomically(installationFile(flavour), `${JSON.stringify(installation, undefined, 2)}\n`);
    return installation;
  } catch (cause) {
    if (!context.signal.aborted) throw cause;
    throw new ZooError('interrupted', `setupNode: interrupted; completed stages are kept.`, { cause });
  }
}
