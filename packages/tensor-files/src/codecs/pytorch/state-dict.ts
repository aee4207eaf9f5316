import { unsupported } from '../../damaged.ts';
import { described, isKind, type Pickled, type PickledOther, type PickledTensor } from '../pickle/pickled.ts';

/** Where training scripts put the state dict, the likelier first. */
const usualKeys = [
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
const maxDepth = 4;

/** Classes that an error names. */
const maxNamed = 4;

/** An optimiser's state has a dict for each weight. */
const maxDicts = 8;

export interface StateDict {
  tensors: Map<string, PickledTensor | PickledOther>;
  /** Where it was found, `''` at the top. */
  path: string;
  /** Numbers and texts that stand beside it: `epoch`, `arch`. */
  beside: Record<string, string>;
}

/** The tensors of a dict; other values, such as `_extra_state`, are passed over. */
function tensorsOf(dict: Map<Pickled, Pickled>): StateDict['tensors'] {
  const tensors: StateDict['tensors'] = new Map();
  for (const [name, value] of dict) {
    if (typeof name !== 'string') continue;
    if (isKind(value, 'tensor') || isKind(value, 'other')) tensors.set(name, value);
  }
  return tensors;
}

type Dict = Map<Pickled, Pickled>;

/** What a value holds, by key or place. */
function entriesOf(value: Pickled): Iterable<[Pickled, Pickled]> {
  if (value instanceof Map) return value;
  return Array.isArray(value) ? value.entries() : [];
}

/** Every dict within a value, nearer ones first, each once, however often it is referred to. Lists are gone through. */
function nested(top: Pickled): { path: string; dict: Dict }[] {
  const found: { path: string; dict: Dict }[] = [];
  const seen = new Set<Pickled>([top]);
  let level = [{ path: '', value: top }];
  for (let depth = 0; depth <= maxDepth; depth++) {
    const next: typeof level = [];
    for (const { path, value } of level) {
      if (value instanceof Map) found.push({ path, dict: value });
      for (const [key, inner] of entriesOf(value)) {
        if (!(inner instanceof Map || Array.isArray(inner)) || seen.has(inner)) continue;
        seen.add(inner);
        const name = typeof key === 'string' || typeof key === 'number' ? String(key).slice(0, 100) : '?';
        next.push({ path: path ? `${path}.${name}` : name, value: inner });
      }
    }
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

/** What a training keeps of its optimiser is no network, however many tensors it has. */
const ofOptimizer = /(?:^|\.)(?:optim|opt(?:imizers?)?(?=$|[._])|scheduler)|optimizer/i;

/** The place of a dict's name among the usual ones; behind them where it is none. */
function keyRank(path: string): number {
  const index = usualKeys.findIndex((key) => path === key || path.endsWith(`.${key}`));
  return index < 0 ? usualKeys.length : index;
}

/**
 * The dicts of tensors of a checkpoint, the likeliest state dict first: the top, unless one under a usual key has more tensors, as
 * beside a loss or the state of a random generator; then those under the usual keys; then the largest.
 *
 * @param passed Names the classes of what was passed over, for the error where there is no dict of tensors.
 */
export function findStateDicts(value: Pickled, place: string, passed: () => readonly string[]): StateDict[] {
  const beside = value instanceof Map ? besides(value) : {};
  const dicts = nested(value)
    .map(({ path, dict }) => ({ path, tensors: tensorsOf(dict), beside }))
    .filter(({ tensors }) => tensors.size > 0);
  const top = dicts.find(({ path }) => path === '')?.tensors.size ?? 0;
  const isBeside = dicts.some(({ path, tensors }) => tensors.size > top && !ofOptimizer.test(path));
  const rank = ({ path }: StateDict) => {
    if (path === '') return isBeside ? usualKeys.length : -1;
    return ofOptimizer.test(path) ? usualKeys.length + 1 : keyRank(path);
  };
  if (dicts.length === 0) {
    const objects = passed().slice(0, maxNamed);
    const but = objects.length === 0 ? '' : `, but with objects of ${objects.join(', ')}`;
    throw unsupported(
      place,
      `holds ${described(value)} without a dict of tensors${but}`,
      objects.length === 0
        ? 'Save model.state_dict() into it'
        : 'Save model.state_dict() into it, of plain tensors on the CPU',
    );
  }
  return dicts
    .map((state) => ({ state, place: rank(state) }))
    .sort((a, b) => a.place - b.place || b.state.tensors.size - a.state.tensors.size)
    .slice(0, maxDicts)
    .map(({ state }) => state);
}
