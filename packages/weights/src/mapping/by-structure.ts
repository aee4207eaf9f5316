import type { StoredTensor } from '@zoo/tensor-files';
import type { LaidOutWeight } from '../model-tensors.ts';
import { isBookkeeping } from './by-name.ts';
import { fits, type LayoutFamily } from './layout-step.ts';
import type { Match, Pair } from './mapping.ts';

/** The role that the last part of a name implies. */
const roles: readonly (readonly [role: LaidOutWeight['role'], ends: RegExp])[] = [
  ['weight', /(?:weight|kernel|gamma|scale|[._/]w)(?::\d+)?$/i],
  ['bias', /(?:bias|beta|offset|[._/]b)(?::\d+)?$/i],
  ['running_mean', /mean(?::\d+)?$/i],
  ['running_var', /var(?:iance)?(?::\d+)?$/i],
];

const roleIn = (name: string): LaidOutWeight['role'] | undefined => roles.find(([, ends]) => ends.test(name))?.[0];

const stem = (name: string): string => name.replace(/[./][^./]*$/, '');

const fitting = (tensor: StoredTensor, weight: LaidOutWeight, family: LayoutFamily): boolean =>
  fits(tensor.shape, weight, family) && (roleIn(tensor.name) ?? weight.role) === weight.role;

/** Tensors of one layer in the order weight, bias, mean, variance: some files sort them by name. */
function rolesInOrder(tensors: readonly StoredTensor[]): StoredTensor[] {
  const layers: StoredTensor[][] = [];
  for (const tensor of tensors) {
    const last = layers.at(-1);
    if (last?.[0] && stem(last[0].name) === stem(tensor.name) && stem(tensor.name) !== tensor.name) last.push(tensor);
    else layers.push([tensor]);
  }
  const rank = ({ name }: StoredTensor) => roles.findIndex(([role]) => role === roleIn(name));
  return layers.flatMap((layer) =>
    layer.every((one) => rank(one) >= 0) ? layer.toSorted((a, b) => rank(a) - rank(b)) : layer,
  );
}

const numerically = new Intl.Collator('en', { numeric: true }).compare;

/** `conv2d_10` behind `conv2d_2`. */
export const byNumber = (tensors: readonly StoredTensor[]): StoredTensor[] =>
  tensors.toSorted((a, b) => numerically(a.name, b.name));

/** Weights times tensors that are compared one by one. The largest checkpoints of the family have some hundred tensors. */
const maxComparisons = 2 ** 17;

/**
 * In how many ways the weights can be found among the tensors, both in order: 0, 1, or 2 for several.
 * `ways[w][t]`: of the weights from w on among the tensors from t on.
 */
function ways(weights: readonly LaidOutWeight[], tensors: readonly StoredTensor[], family: LayoutFamily): number[][] {
  const table = weights.map(() => new Array<number>(tensors.length + 1).fill(0));
  table.push(new Array<number>(tensors.length + 1).fill(1));
  for (let w = weights.length - 1; w >= 0; w--)
    for (let t = tensors.length - 1; t >= 0; t--) {
      const [weight, tensor, row] = [weights[w], tensors[t], table[w]];
      if (!weight || !tensor || !row) continue;
      const taken = fitting(tensor, weight, family) ? (table[w + 1]?.[t + 1] ?? 0) : 0;
      row[t] = Math.min(2, (row[t + 1] ?? 0) + taken);
    }
  return table;
}

/** The only assignment in order, its tensors one by one. */
function inOrder(weights: readonly LaidOutWeight[], tensors: readonly StoredTensor[], family: LayoutFamily): Pair[] {
  const table = ways(weights, tensors, family);
  const pairs: Pair[] = [];
  let w = 0;
  for (const [t, tensor] of tensors.entries()) {
    const weight = weights[w];
    if (weight && fitting(tensor, weight, family) && table[w + 1]?.[t + 1] === 1) {
      pairs.push({ weight, tensor });
      w += 1;
    }
  }
  return pairs;
}

/** Weights whose shape no other weight has, from tensors whose shape no other tensor has, with the vectors beside them. */
function byShape(
  weights: readonly LaidOutWeight[],
  tensors: readonly StoredTensor[],
  family: LayoutFamily,
): Pair[] | undefined {
  const pairs: Pair[] = [];
  const layers = new Map<string, string>();
  for (const weight of weights) {
    const vector = weight.shape.length === 1;
    const found = tensors.filter(
      (tensor) => fitting(tensor, weight, family) && (!vector || stem(tensor.name) === layers.get(weight.layer.path)),
    );
    const [tensor] = found;
    if (!tensor || found.length > 1 || pairs.some((pair) => pair.tensor === tensor)) return undefined;
    if (!vector) layers.set(weight.layer.path, stem(tensor.name));
    pairs.push({ weight, tensor });
  }
  return pairs;
}

/** A match, or what stands in the way of one, in words. */
export function matchByStructure(
  weights: readonly LaidOutWeight[],
  all: Iterable<StoredTensor>,
): Match | { problem: string } {
  const tensors = [...all].filter(({ name, shape }) => shape.length > 0 && !isBookkeeping(name));
  if (weights.length * tensors.length > maxComparisons)
    return { problem: `its ${tensors.length} tensors are too many to be matched` };
  const found: Match[] = [];
  let ambiguous: string | undefined;
  for (const family of ['torch', 'tensorflow'] as const) {
    // Numbers in names decide only where the order of the file says nothing.
    const orders = [rolesInOrder(tensors), rolesInOrder(byNumber(tensors))];
    const order = orders.find((one) => ways(weights, one, family)[0]?.[0] !== 0);
    const count = order ? ways(weights, order, family)[0]?.[0] : 0;
    if (order && count !== 1) {
      ambiguous ??= describeTie(weights, order, family);
      continue;
    }
    const pairs = order ? inOrder(weights, order, family) : byShape(weights, tensors, family);
    if (pairs) found.push({ rule: 'structure', family, pairs });
  }
  const [match, other] = found;
  if (match && !other) return match;
  if (match) return { problem: 'its shapes fit both as PyTorch and as TensorFlow orders axes' };
  return { problem: ambiguous ?? describeMiss(weights, tensors) };
}

function describeTie(
  weights: readonly LaidOutWeight[],
  tensors: readonly StoredTensor[],
  family: LayoutFamily,
): string {
  for (const weight of weights) {
    const able = tensors.filter((tensor) => fitting(tensor, weight, family));
    const rivals = weights.filter((other) => able.some((tensor) => fitting(tensor, other, family)));
    if (able.length > rivals.length)
      return `${able.map(({ name }) => name).join(' and ')} could each be ${rivals.map(({ name }) => name).join(' or ')}`;
  }
  return 'its tensors fit in several ways';
}

function describeMiss(weights: readonly LaidOutWeight[], tensors: readonly StoredTensor[]): string {
  const missing = weights.find(
    (weight) => !tensors.some((tensor) => fitting(tensor, weight, 'torch') || fitting(tensor, weight, 'tensorflow')),
  );
  return missing
    ? `no tensor has the shape of ${missing.name}, [${missing.shape}]`
    : 'its tensors do not come in the order of the layers, and several have the same shape';
}
