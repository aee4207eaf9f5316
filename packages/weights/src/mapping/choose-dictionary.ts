import { ZooError } from '@zoo/core';
import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import { isOfOptimizer } from './joined.ts';

/** Where a name goes on behind a key: at its start, or behind what wraps all names, as `module.`; undefined where it does not. */
function behindKey(name: string, key: string): string | undefined {
  const at = `.${name.replaceAll('/', '.')}`.indexOf(`.${key.replaceAll('/', '.')}.`);
  return at < 0 ? undefined : name.slice(at + key.length + 1);
}

/** Tensors whose names begin with a key, without it. */
function behind(file: TensorFile, key: string): Map<string, StoredTensor> {
  const whole = new Map<string, StoredTensor>();
  const within = new Map<string, StoredTensor>();
  const fronts = new Set<string>();
  for (const [name, tensor] of file.tensors) {
    const rest = behindKey(name, key);
    if (rest === undefined) continue;
    const front = name.slice(0, name.length - rest.length - key.length - 1);
    if (front === '') whole.set(rest, tensor);
    else within.set(rest, tensor);
    fronts.add(front);
  }
  // In several places it would be several networks.
  return whole.size > 0 ? whole : fronts.size === 1 ? within : new Map();
}

/** The shortest beginnings of names that tell parts of a file apart: below a part that all have in common, the next. */
function beginnings(names: readonly string[]): string[] {
  let depth = 1;
  for (; depth < 8; depth++) {
    const found = [
      ...new Set(
        names.map((name) =>
          name
            .split(/(?<=[./])/)
            .slice(0, depth)
            .join(''),
        ),
      ),
    ];
    const folders = found.filter((one) => /[./]$/.test(one)).map((one) => one.slice(0, -1));
    if (folders.length !== 1) return folders.length > 0 ? folders : found;
  }
  return [];
}

/** The dictionaries that lie within a place of the file. */
const partsUnder = ({ tensors, others = [], places = [] }: TensorFile, key: string) =>
  [tensors, ...others].flatMap((one, at) => {
    const place = places[at];
    return place?.startsWith(`${key}.`) ? [{ tensors: one, place }] : [];
  });

/**
 * The one of several networks in a file that is meant: averaged weights beside the last ones, a teacher beside a student.
 *
 * @param key Where it lies in the file (`state_dict_ema`, `history.1`), where its parts lie (`ema`, of `ema.features` and
 * `ema.classifier`), or what its tensors' names begin with (`ema_model`).
 * @throws ZooError `unknown-name` where nothing lies there; it names what does.
 */
export function chooseDictionary(file: TensorFile, key: string): TensorFile {
  const { others = [], places = [], network, ...rest } = file;
  const index = places.indexOf(key);
  if (index === 0) return { ...rest, ...(network && { network }) };
  const [first, ...more] = index < 0 ? partsUnder(file, key) : [];
  if (first)
    return {
      ...rest,
      tensors: first.tensors,
      others: more.map((one) => one.tensors),
      places: [first, ...more].map((one) => one.place),
    };
  const tensors = others[index - 1] ?? behind(file, key);
  if (tensors.size > 0) return { ...rest, tensors };
  const there = [...places, ...beginnings([...file.tensors.keys()])].filter((one) => one !== '' && !isOfOptimizer(one));
  const shown = `${there.slice(0, 6).join(', ')}${there.length > 6 ? ', ...' : ''}`;
  throw new ZooError(
    'unknown-name',
    `${file.name}: has nothing under ${JSON.stringify(key.slice(0, 100))}, expected one of ${shown}. Choose by one of these, or leave key out.`,
  );
}
