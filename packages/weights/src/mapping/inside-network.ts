import type { ModelSpec } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import { weightsOfSpec } from '../model-tensors.ts';
import { namingRules } from './by-name.ts';
import { isHead } from './find-match.ts';
import type { Match } from './mapping.ts';

/** Parts that stand beside a network in training, whatever lies before and behind them in the file. */
const beside =
  /(?:^|[._/])(?:aux\w*|domain\w*|disc\w*|decoder\w*|proj\w*|\w*head\w*|predictor\w*|queue\w*|centers?|prototypes?|loss\w*|criterion\w*|ema\w*|teacher\w*|rot\w*|jigsaw\w*|(?:\w+_)?(?:mean|std))(?=$|[._/])/i;

/** Names without their last two parts: the block that a layer lies in. */
const blockOf = (name: string): string | undefined => /^(.*[./])[^./]+[./][^./]+$/.exec(name)?.[1];

/** Whether names stand in an order that a tool sorted them into, which says nothing of the network. */
const isSorted = (names: readonly string[]): boolean =>
  names.every((name, at) => at === 0 || (names[at - 1] ?? '') <= name);

/** The places of the tensors that are taken, in the order of the network; undefined where the file has another order. */
function rangeTaken(names: readonly string[], { pairs }: Match): { first: number; last: number } | undefined {
  const places = pairs.map(({ tensor }) => names.indexOf(tensor.name));
  // A layer's own tensors may stand in any order.
  const layers = [...new Set(pairs.map(({ weight }) => weight.layer.path))].map((path) =>
    Math.min(...places.filter((_, at) => pairs[at]?.weight.layer.path === path)),
  );
  if (isSorted(names) || layers.some((place, at) => place < (layers[at - 1] ?? 0))) return undefined;
  return { first: Math.min(...places), last: Math.max(...places) };
}

/** Names that the network's own weights have in the file, also of those that begin anew. */
function ownNames(file: TensorFile, spec: ModelSpec, { pairs, rule, family }: Match): Set<string> {
  const naming = namingRules.find((one) => one.rule === rule && one.family === family);
  const first = pairs.find(({ weight, tensor }) => tensor.name.endsWith(weight.name));
  const prefix = first?.tensor.name.slice(0, -first.weight.name.length);
  return new Set(
    weightsOfSpec(spec).flatMap((weight) => [
      naming?.find(file, weight)?.name ?? '',
      ...(prefix === undefined ? [] : [`${prefix}${weight.name}`]),
    ]),
  );
}

/**
 * A test for tensors of layers that the network has not, but which lie within it: in a block whose other layers are taken (`features.se1`),
 * or between two layers that are, in a file that keeps the order of the network. A head that begins anew may be anything.
 */
export function insideNetwork(file: TensorFile, spec: ModelSpec, match: Match): (name: string) => boolean {
  // A file that states its network has been compared with the preset, layer by layer.
  if ((file.network?.layers.length ?? 0) > 0) return () => false;
  const names = [...file.tensors.values()].map(({ name }) => name);
  const places = new Map(names.map((name, at) => [name, at]));
  const own = ownNames(file, spec, match);
  const range = rangeTaken(names, match);
  const keepsHead = match.pairs.some(({ weight }) => isHead(weight));
  const blocks = new Map<string, number>();
  if (match.rule === 'spec')
    for (const { weight, tensor } of match.pairs) {
      const block = weight.layer.path.includes('.') ? blockOf(tensor.name) : undefined;
      if (block !== undefined) blocks.set(block, Math.max(blocks.get(block) ?? 0, places.get(tensor.name) ?? 0));
    }
  return (name) => {
    if (own.has(name)) return false;
    const place = places.get(name) ?? 0;
    const inBlock = [...blocks].some(([block, last]) => name.startsWith(block) && (keepsHead || place < last));
    if (inBlock) return true;
    const isBetween = range !== undefined && place > range.first && place < range.last;
    return (isBetween || isLayerOfKeras(file, match)) && !beside.test(name);
  };
}

/** Weights alone of a model of Keras: its layers lie in one folder, the optimiser in another. */
const isLayerOfKeras = ({ format }: TensorFile, { rule, pairs }: Match): boolean =>
  rule === 'keras' && format === 'hdf5' && pairs.some(({ weight }) => isHead(weight));
