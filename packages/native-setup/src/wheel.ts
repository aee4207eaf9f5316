import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, nativeFolder, thisMachine } from '@zoo/backends/native';
import { ZooError } from '@zoo/core';
import { completeFolder } from './complete-folder.ts';
import { isCudaBuild, type Libtensorflow, libtensorflowAt, libtensorflowNamed } from './libtensorflow.ts';
import { runProgram } from './run-program.ts';
import type { SetupContext } from './setup-context.ts';
import { findPython } from './toolchain.ts';

const wheelVersion = '2.21.0';

/** SHA-256 of its wheels for Python 3.12, of each package for each machine, as PyPI lists them. */
const wheelHashes: Readonly<Record<string, readonly string[]>> = {
  tensorflow: [
    '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712', // macOS, arm64
    'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552', // Linux, arm64
    'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0', // Linux, x64
  ],
  'tensorflow-cpu': ['dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb'], // Linux, x64
};

/** Python's package of a flavour. On x86 Linux the one without CUDA has a name of its own. */
const wheelName = (flavour: Flavour): string =>
  flavour === 'node' && thisMachine() === 'linux-x64' ? 'tensorflow-cpu' : 'tensorflow';

export const wheelFolder = (flavour: Flavour): string =>
  path.join(nativeFolder(), `${wheelName(flavour)}-${wheelVersion}-${thisMachine()}`);

/** The libtensorflow of the installed Python package tensorflow, if it suits this flavour. */
export async function installedWheel(flavour: Flavour, { signal }: SetupContext): Promise<Libtensorflow | undefined> {
  const code =
    "import importlib.util as u; s = u.find_spec('tensorflow'); print((s and s.submodule_search_locations or [''])[0])";
  for (const python of [process.env.PYTHON, 'python3', 'python']) {
    if (!python) continue;
    const { code: ended, out } = await runProgram(python, ['-c', code], { signal });
    const found = ended === 0 && out.trim() ? libtensorflowAt(out.trim()) : undefined;
    if (found && (flavour === 'node' || isCudaBuild(found))) return found;
  }
  return undefined;
}

/** Fetches a wheel with pip. */
async function fetchWheel(
  python: string,
  requirement: string,
  folder: string,
  context: SetupContext,
  sha256?: readonly string[],
): Promise<void> {
  const { pipDownload } = await import('@zoo/fetch/packages');
  await pipDownload(requirement, { ...context, python, folder, ...(sha256 && { sha256 }) });
}

/** Extracts matching files from the wheels in a folder. Python's unpacker never writes outside the folder. */
const unpack = `
import glob, re, sys, zipfile
for wheel in glob.glob(sys.argv[1] + '/*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if re.match(sys.argv[2], name): archive.extract(name, sys.argv[1])
`;

const wanted = [
  'tensorflow/libtensorflow[^/]*$',
  'tensorflow/include/(tensorflow/(c|core/platform)|tsl/(c|platform)|xla/tsl/(c|platform))/',
  String.raw`tensorflow/python/platform/build_info\.py$`,
  String.raw`nvidia/.*\.so[.\d]*$`,
];

/** An NVIDIA driver runs on this machine. */
const hasNvidiaDriver = (): boolean =>
  existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl') || existsSync('/dev/dxg');

/** The CUDA libraries that a tensorflow wheel asks for, from its own metadata. */
async function cudaRequirements(python: string, folder: string, { signal }: SetupContext): Promise<string[]> {
  const read = `
import glob, re, sys, zipfile
for wheel in glob.glob(sys.argv[1] + '/*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith('.dist-info/METADATA'): print(archive.read(name).decode())
`;
  const { out } = await runProgram(python, ['-c', read, folder], { signal });
  return [...out.matchAll(/^Requires-Dist: (nvidia-[^;]*?)\s*;.*extra == ["']and-cuda["']/gm)].map(([, one]) =>
    (one ?? '').replaceAll(/[\s()]/g, ''),
  );
}

/**
 * A libtensorflow in the zoo's own folder: the libraries and headers of a wheel that pip fetches, and nothing else of it.
 * With an NVIDIA driver at hand, node-gpu also gets the CUDA libraries that the wheel asks for.
 *
 * @throws ZooError `network` when pip cannot fetch it, `not-found` without Python.
 */
export async function fetchedWheel(flavour: Flavour, context: SetupContext): Promise<Libtensorflow> {
  const folder = wheelFolder(flavour);
  await completeFolder(folder, async (part) => {
    const python = await findPython();
    const name = wheelName(flavour);
    await fetchWheel(python, `${name}==${wheelVersion}`, part, context, wheelHashes[name]);
    if (flavour === 'node-gpu' && hasNvidiaDriver())
      for (const requirement of await cudaRequirements(python, part, context))
        await fetchWheel(python, requirement, part, context);
    const { code, err } = await runProgram(python, ['-c', unpack, part, wanted.join('|')], { signal: context.signal });
    if (code !== 0)
      throw new ZooError(
        'corrupt-file',
        `${part}: the wheel cannot be unpacked, ${err.trim().split('\n').at(-1)}. Try again.`,
      );
    for (const name of await readdir(part)) if (name.endsWith('.whl')) await rm(path.join(part, name));
  });
  return libtensorflowNamed(path.join(folder, 'tensorflow'));
}
