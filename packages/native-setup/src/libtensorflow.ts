import fs from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';

/** A libtensorflow to build against and to load. */
export interface Libtensorflow {
  /** The folder of the libraries. */
  folder: string;
  include: string;
  /** File names in the folder, to be linked in this order. */
  libraries: string[];
}

const ending =
  process.platform === 'darwin'
    ? /^libtensorflow(_cc|_framework)?(\.\d+)*\.dylib$/
    : /^libtensorflow(_cc|_framework)?\.so(\.\d+)*$/;

/** Of several names of one library, the one with the simplest version: what the others link to at run time. */
function librariesIn(folder: string): string[] {
  const names = fs
    .readdirSync(folder)
    .filter((name) => ending.test(name))
    .sort((a, b) => a.length - b.length);
  const first = (kind: string) => names.find((name) => name.startsWith(`libtensorflow${kind}.`));
  const all = first('_cc') ?? first('');
  const framework = first('_framework');
  return all ? [all, ...(framework ? [framework] : [])] : [];
}

const folders = (parent: string): string[] => {
  try {
    return fs.readdirSync(parent).map((name) => path.join(parent, name));
  } catch {
    return [];
  }
};

/** Where a libtensorflow may be below a path that the user names: a wheel, a virtual environment, the C library. */
const candidateFolders = (root: string): string[] => [
  root,
  path.join(root, 'tensorflow'),
  path.join(root, 'lib'),
  ...folders(path.join(root, 'lib'))
    .filter((folder) => /python3[\d.]*$/.test(folder))
    .map((folder) => path.join(folder, 'site-packages', 'tensorflow')),
];

const header = path.join('tensorflow', 'c', 'eager', 'c_api.h');

/** The libtensorflow at or below a path, `undefined` where there is none with its headers. */
export function libtensorflowAt(root: string): Libtensorflow | undefined {
  for (const folder of candidateFolders(path.resolve(root))) {
    if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    const libraries = librariesIn(folder);
    const include = [path.join(folder, 'include'), path.join(folder, '..', 'include')].find((one) =>
      fs.existsSync(path.join(one, header)),
    );
    if (libraries.length > 0 && include) return { folder, include, libraries };
  }
  return undefined;
}

/** The libtensorflow that a user names. @throws ZooError `not-found` */
export function libtensorflowNamed(root: string): Libtensorflow {
  const found = libtensorflowAt(root);
  if (found) return found;
  throw new ZooError(
    'not-found',
    `${root}: no libtensorflow with its headers is there. Give the folder of a Python package tensorflow or tensorflow-cpu, of its virtual environment, or of the C library.`,
  );
}

/** Whether a wheel's libtensorflow can compute on an NVIDIA GPU; `undefined` where nothing says so. */
export function isCudaBuild({ folder }: Libtensorflow): boolean | undefined {
  try {
    const info = fs.readFileSync(path.join(folder, 'python', 'platform', 'build_info.py'), 'utf8');
    return /['"]is_cuda_build['"],\s*True/.test(info);
  } catch {
    return undefined;
  }
}
