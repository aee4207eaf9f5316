import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZooError } from '@zoo/core';
import { makeFolder } from '@zoo/core/files';
import { type ModelSpec, parseSpec } from '@zoo/spec';
import { __name__ as table } from '../template/src/presets/__file__.ts';
import { firstGolden } from './first-golden.ts';
import { namesOf } from './names.ts';
import { packageJson } from './package-json.ts';
import { type Filling, named, rendered } from './render.ts';
import { inZoo, standAlone } from './stand-alone.ts';

/** Options of a new model package. */
export interface CreateOptions {
  /** Small letters, digits and hyphens: `my-net`. Files, family, preset and, as `myNet`, the builder are called so. */
  name: string;
  /** Height, width and channels of a picture. Default: 32, 32, 3. */
  input?: readonly [number, number, number];
  /** Default: 10. */
  classes?: number;
  /** Folder, which must be empty or new. Default: one of that name here. */
  out?: string;
}

const own = new URL('../', import.meta.url);

async function ownVersion(): Promise<string> {
  const { version = '0.0.0' }: { version?: string } = JSON.parse(await readFile(new URL('package.json', own), 'utf8'));
  return version;
}

async function requireEmpty(out: string): Promise<void> {
  const status = await stat(out).catch(() => undefined);
  if (status && !status.isDirectory())
    throw new ZooError('usage', `${out}: is a file, expected an empty folder or none. Choose another --out.`);
  const [first] = status ? await readdir(out) : [];
  if (first !== undefined)
    throw new ZooError(
      'usage',
      `${out}: holds ${first} already, expected an empty folder or none. Choose another --out.`,
    );
}

/** The template's table with what was asked for. @throws ZooError `corrupt-file` for sizes out of range. */
function specOf({ names, input, classes }: Filling): ModelSpec {
  const half = Array.from({ length: input[2] }, () => 0.5);
  const spec = {
    ...table,
    family: names.file,
    preset: names.file,
    className: names.pascal,
    input,
    classes,
    preprocessing: { ...table.preprocessing, mean: half, std: half },
  };
  return parseSpec(spec, names.file);
}

/**
 * Writes a model package that builds and passes its tests as it is: a table, its builder, tests against PyTorch's values, the
 * script that records these, README with card. In the zoo's repository (`packages/NAME` there) it is one of its packages.
 *
 * @returns The files written, from the folder.
 * @throws ZooError `usage` for a bad name or a folder that is not empty, `corrupt-file` or `spec` for sizes that make no network.
 */
export async function createModel(options: CreateOptions): Promise<string[]> {
  const { name, input = [32, 32, 3], classes = 10 } = options;
  const names = namesOf(name);
  const out = path.resolve(options.out ?? name);
  const inside = existsSync(path.join(out, '../../tsup.shared.ts'));
  const filling: Filling = { names, packageName: inside ? `@zoo/${name}` : name, input, classes };
  const spec = specOf(filling);
  await requireEmpty(out);

  const template = fileURLToPath(new URL('template/', own));
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.relative(template, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
    const text = await readFile(path.join(template, file), 'utf8');
    files[named(file, filling)] = file.endsWith('.json') ? firstGolden(text, spec) : rendered(file, text, filling);
  }
  // The zoo's documentation makes a page of each of its presets.
  if (inside) delete files['page.mjs'];
  files['package.json'] = packageJson(names, filling.packageName, await ownVersion(), inside);
  // Each package of the zoo carries the licence of the repository.
  const licence = path.join(out, '../../LICENSE');
  if (inside && existsSync(licence)) files.LICENSE = await readFile(licence, 'utf8');
  Object.assign(files, inside ? { 'tsup.config.ts': inZoo } : standAlone);

  for (const [file, text] of Object.entries(files)) {
    await makeFolder(path.dirname(path.join(out, file)));
    await writeFile(path.join(out, file), text);
  }
  return Object.keys(files).sort();
}
