import { ZooError } from '@zoo/core';
import type { StoredTensor, TensorFile } from '@zoo/tensor-files';

/** Tensors whose names begin with a prefix, without it. */
function behind(file: TensorFile, prefix: string): Map<string, StoredTensor> {
  return new Map(
    [...file.tensors].flatMap(([name, tensor]): [string, StoredTensor][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [],
    ),
  );
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
  const tensors = others[index - 1] ?? behind(file, `${key}.`);
  if (tensors.size > 0) return { ...rest, tensors };
  const prefixes = new Set([...file.tensors.keys()].map((name) => name.split('.')[0] ?? ''));
  const there = [...places.filter((one) => one !== ''), ...prefixes].slice(0, 6);
  throw new ZooError(
    'unknown-name',
    `${file.name}: has nothing under ${JSON.stringify(key.slice(0, 100))}, expected one of ${there.join(', ')}. Choose by one of these, or leave key out.`,
  );
}
