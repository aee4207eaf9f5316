import fs from 'node:fs';
import nodeModule from 'node:module';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { firstLine, ZooError } from '@zoo/core';
import { elfMachine } from './addon-machine.ts';
import { type Flavour, howToGet, packageNames } from './flavour.ts';
import { type Installation, installationFile, readInstallation } from './installation.ts';
import { tfjsCoreKey } from './tfjs-core-key.ts';

/** A build that lies ready: the user's own package, or what `setupNode` made. */
export type Found = { kind: 'package'; folder: string; addon: string } | ({ kind: 'private' } & Installation);

const requireHere = nodeModule.createRequire(import.meta.url);

/** The folder of an installed package, as this package or as the program in the current folder finds it. */
function packageFolder(name: string): string | undefined {
  for (const require of [requireHere, nodeModule.createRequire(path.join(process.cwd(), 'index.js'))]) {
    try {
      return path.dirname(require.resolve(`${name}/package.json`));
    } catch {
      // Looked for in the next place.
    }
  }
  return undefined;
}

/** The addon of an installed package: of the newest interface that upstream built, as its own loader chooses. */
function packagedAddon(folder: string): string | undefined {
  return [8, 7, 6, 5, 4, 3]
    .map((version) => path.join(folder, 'lib', `napi-v${version}`, 'tfjs_binding.node'))
    .find((file) => fs.existsSync(file));
}

/** Every build of this flavour on this machine, the user's own first. */
export function findNative(flavour: Flavour): Found[] {
  const folder = packageFolder(packageNames[flavour]);
  const addon = folder && packagedAddon(folder);
  const installation = readInstallation(flavour);
  return [
    ...(folder && addon ? [{ kind: 'package', folder, addon } as const] : []),
    ...(installation ? [{ kind: 'private', ...installation } as const] : []),
  ];
}

/** Why an addon does not load, in words that say what to do. */
function loadError(flavour: Flavour, found: Found, cause: unknown): ZooError {
  const again = `Run: npx @zoo/cli setup ${flavour}.`;
  const reason = firstLine(cause);
  const missing = [found.addon, ...(found.kind === 'private' ? [found.libtensorflow, found.sources] : [])].find(
    (file) => !fs.existsSync(file),
  );
  if (missing) return new ZooError('backend', `${flavour}: ${missing} is gone. ${again}`, { cause });
  const machine = elfMachine(found.addon);
  if (machine !== undefined && machine !== process.arch)
    return new ZooError(
      'backend',
      `${flavour}: ${found.addon} was built for ${machine}, but this Node is ${process.arch}. ${again}`,
      { cause },
    );
  return new ZooError('backend', `${flavour}: its addon does not load, ${reason}. ${again}`, { cause });
}

/** What TensorFlow reads once, when the addon is loaded: silence, its threads, and how it computes. */
function prepareEnvironment(threads: number): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
  // Without AVX-512 TensorFlow leaves oneDNN alone. On an AVX2 processor (2 threads, torchvision's layout) it brings the
  // training step at batch 32 from 3.4 s to 1.9 s: convolutions take two thirds of the time, and an allocator that keeps
  // its memory saves the page faults of fresh buffers, which cost elementwise ops on fc6 up to 8 times their work.
  if (process.arch === 'x64') process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
}

/** What tfjs-node calls whenever it runs: Node 23 took the first away, and warns of the second, which will go too. */
const removedUtil = {
  isNullOrUndefined: (value: unknown) => value === undefined || value === null,
  isArray: Array.isArray,
};

function restoreUtil(): void {
  for (const [name, value] of Object.entries(removedUtil)) Object.defineProperty(util, name, { value, writable: true });
}

/** Registers tfjs-node's kernels and its backend with the tfjs in use, over an addon that is loaded already. */
function registerPrivate(flavour: Flavour, { sources }: Installation, binding: unknown): void {
  Reflect.set(globalThis, Symbol.for(tfjsCoreKey), tf);
  try {
    requireHere(path.join(sources, 'dist', 'register_all_kernels.js'));
    const loaded: unknown = requireHere(path.join(sources, 'dist', 'nodejs_kernel_backend.js'));
    if (typeof loaded !== 'object' || loaded === null || !('NodeJSKernelBackend' in loaded))
      throw new Error('it holds no backend');
    const { NodeJSKernelBackend } = loaded;
    if (typeof NodeJSKernelBackend !== 'function') throw new Error('it holds no backend');
    tf.registerBackend('tensorflow', () => Reflect.construct(NodeJSKernelBackend, [binding, packageNames[flavour]]), 3);
  } finally {
    Reflect.deleteProperty(globalThis, Symbol.for(tfjsCoreKey));
  }
}

/** What a process has loaded: libtensorflow cannot be loaded twice, nor change its threads. */
export interface Loaded {
  flavour: Flavour;
  threads: number;
  gpu: boolean;
  /** `libtensorflow 2.21.0` or the package's name. */
  title: string;
}

let loaded: Loaded | undefined;

/** Loads the addon and registers the backend, once in a process. */
export function loadNative(flavour: Flavour, threads = Math.min(8, os.availableParallelism())): Loaded {
  if (loaded) return loaded;
  const errors: ZooError[] = [];
  for (const found of findNative(flavour)) {
    prepareEnvironment(threads);
    restoreUtil();
    try {
      const binding: unknown = requireHere(found.addon);
      if (found.kind === 'package') requireHere(found.folder);
      else registerPrivate(flavour, found, binding);
      loaded = {
        flavour,
        threads,
        gpu: usesGpu(binding),
        title: found.kind === 'package' ? packageNames[flavour] : `libtensorflow ${found.version}`,
      };
      return loaded;
    } catch (error) {
      errors.push(loadError(flavour, found, error));
    }
  }
  throw (
    errors[0] ??
    new ZooError(
      'backend',
      `${flavour}: neither ${packageNames[flavour]} with its addon nor ${installationFile(flavour)} is there. Run: ${howToGet(flavour)}.`,
    )
  );
}

/** Whether TensorFlow computes on a GPU, as the addon says. */
function usesGpu(binding: unknown): boolean {
  if (typeof binding !== 'object' || binding === null || !('isUsingGpuDevice' in binding)) return false;
  const { isUsingGpuDevice } = binding;
  return typeof isUsingGpuDevice === 'function' && isUsingGpuDevice.call(binding) === true;
}
