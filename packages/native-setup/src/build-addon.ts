import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, nativeFolder, tfjsNodeVersion, thisMachine } from '@zoo/backends/native';
import { ZooError } from '@zoo/core';
import { checkAddon } from './check-addon.ts';
import { completeFolder } from './complete-folder.ts';
import type { Libtensorflow } from './libtensorflow.ts';
import { quietLog } from './quiet-log.ts';
import { runProgram } from './run-program.ts';
import type { SetupContext } from './setup-context.ts';
import { findCompiler } from './toolchain.ts';

const addonName = 'tfjs_binding.node';

/** Changed whenever the build of the addon changes, so that it is rebuilt. */
const recipe = 'with a quiet log';

/** A build is for one libtensorflow, whose path the addon contains. */
export const builtAddon = (flavour: Flavour, libraryFolder: string): string => {
  const place = createHash('sha256').update(libraryFolder).update(recipe).digest('hex').slice(0, 12);
  return path.join(nativeFolder(), `${flavour}-${tfjsNodeVersion}-${thisMachine()}-${place}`, addonName);
};

const platformFlags = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];

/**
 * Compiles tfjs-node's addon against a libtensorflow, which it will find by an rpath, and tests it.
 *
 * @returns The addon's path.
 * @throws ZooError `backend` with the compiler's first error; `not-found` without a compiler.
 */
export async function buildAddon(
  flavour: Flavour,
  { sources, headers, library }: { sources: string; headers: string; library: Libtensorflow },
  context: SetupContext,
): Promise<string> {
  const addon = builtAddon(flavour, library.folder);
  const task = 'compile the addon';
  await completeFolder(path.dirname(addon), async (part) => {
    const compiler = await findCompiler();
    context.onProgress({ task, done: 0, total: 1, unit: 'files' });
    const unproved = path.join(part, `unproved-${addonName}`);
    const added = path.join(part, 'quiet_log.cc');
    await writeFile(added, await quietLog(library));
    const { code, err } = await runProgram(
      compiler,
      [
        ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', ...platformFlags],
        ...['-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
        ...[headers, library.include, sources].map((one) => `-I${one}`),
        ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((one) => path.join(sources, 'binding', one)),
        added,
        ...library.libraries.map((name) => path.join(library.folder, name)),
        ...[`-Wl,-rpath,${library.folder}`, '-o', unproved],
      ],
      { cwd: part, signal: context.signal },
    );
    if (code !== 0) {
      const reason = err.split('\n').find((line) => /error|undefined reference/.test(line)) ?? err.trim();
      throw new ZooError(
        'backend',
        `${flavour}: the addon does not compile against ${library.folder}, ${reason.trim()}. Give another one: option libtensorflow.`,
      );
    }
    await checkAddon(unproved, context);
    await rename(unproved, path.join(part, addonName));
    context.onProgress({ task, done: 1, total: 1, unit: 'files' });
  });
  return addon;
}
