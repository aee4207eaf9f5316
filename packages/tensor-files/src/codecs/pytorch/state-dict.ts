import { unsupported } from '../../damaged.ts';
import { described, isKind, type Pickled, type PickledTensor } from '../pickle/pickled.ts';

/** Where training scripts put the state dict, the likelier first. */
const usual = [
  'state_dict',
  'model_state_dict',
  'model_state',
  'model',
  'net',
  'network',
  'module',
  'weights',
  'params',
];

/** How deep a dict is looked for. */
const deepest = 4;

export interface StateDict {
  tensors: Map<string, PickledTensor>;
  /** Where it was found, `''` at the top. */
  path: string;
  /** Numbers and texts that stand beside it: `epoch`, `arch`. */
  beside: Record<string, string>;
}

/** The tensors of a dict; other values, such as `_extra_state`, are passed over. */
function tensorsOf(dict: Map<Pickled, Pickled>): Map<string, PickledTensor> {
  const tensors = new Map<string, PickledTensor>();
  for (const [name, value] of dict) if (typeof name === 'string' && isKind(value, 'tensor')) tensors.set(name, value);
  return tensors;
}

/** Every dict within a dict, nearer ones first, each once, however often it is referred to. */
function nested(top: Map<Pickled, Pickled>): { path: string; dict: Map<Pickled, Pickled> }[] {
  const found = [{ path: '', dict: top }];
  const seen = new Set([top]);
  let level = found;
  for (let depth = 0; depth < deepest; depth++) {
    const next: typeof found = [];
    for (const { path, dict } of level)
      for (const [key, value] of dict)
        if (value instanceof Map && !seen.has(value)) {
          seen.add(value);
          const name = typeof key === 'string' || typeof key === 'number' ? String(key).slice(0, 100) : '?';
          next.push({ path: path ? `${path}.${name}` : name, dict: value });
        }
    found.push(...next);
    level = next;
  }
  return found;
}

const besides = (top: Map<Pickled, Pickled>): Record<string, string> =>
  Object.fromEntries(
    [...top].flatMap(([key, value]): [string, string][] =>
      typeof key === 'string' && (typeof value === 'string' || typeof value === 'number') ? [[key, String(value)]] : [],
    ),
  );

/** The state dict of a checkpoint: itself, what lies under one of the usual keys, or the dict with the most tensors. */
export function findStateDict(value: Pickled, place: string): StateDict {
  const top = value instanceof Map ? value : new Map();
  const dicts = nested(top)
    .map(({ path, dict }) => ({ path, tensors: tensorsOf(dict) }))
    .filter(({ tensors }) => tensors.size > 0);
  const best =
    dicts.find(({ path }) => path === '') ??
    usual.flatMap((key) => dicts.filter(({ path }) => path === key || path.endsWith(`.${key}`)))[0] ??
    dicts.sort((a, b) => b.tensors.size - a.tensors.size)[0];
  if (!best)
    throw unsupported(place, `holds ${described(value)} without a dict of tensors`, 'Save model.state_dict() into it');
  return { ...best, beside: besides(top) };
}
