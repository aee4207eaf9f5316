import type { StatedNetwork, StoredTensor, TensorFile } from '@zoo/tensor-files';
import type { Derived, DerivedStep, Tensors } from './derived.ts';
import { fakeQuantised } from './fake-quantised.ts';
import { graphProducts } from './graph-products.ts';
import { inNetworkOrder } from './in-network-order.ts';
import { leftOut } from './left-out.ts';
import { lowRank } from './low-rank.ts';
import { packed } from './packed.ts';
import { pruned } from './pruned.ts';
import { reparametrised } from './reparametrised.ts';
import { scaled } from './scaled.ts';
import { spectralNorms } from './spectral-norm.ts';
import { weightNorms } from './weight-norm.ts';

/** A file whose weights are whole: each that is made of other tensors stands in the place of the first of them. */
export interface WholeWeights extends TensorFile {
  /** How weights were made that the file does not have as they are. */
  derived: ReadonlyMap<StoredTensor, DerivedStep>;
}

type Rule = (tensors: Tensors, network: StatedNetwork | undefined, metadata: TensorFile['metadata']) => Derived[];

const derive: readonly Rule[] = [
  leftOut,
  graphProducts,
  packed,
  scaled,
  weightNorms,
  spectralNorms,
  pruned,
  fakeQuantised,
  (tensors, _, metadata) => lowRank(tensors, metadata),
  reparametrised,
];

/** A file of other tensors, those that only together are weights put together. Nothing is read. */
export function withDerived(file: TensorFile, tensors: Tensors = file.tensors): WholeWeights {
  const derived = new Map<StoredTensor, DerivedStep>();
  // What the file says of its network is about its tensors, not about another dictionary of them.
  const network = tensors === file.tensors ? file.network : undefined;
  let whole = inNetworkOrder(tensors, network);
  // One after the other: directions of a weight norm may be quantised.
  for (const rule of derive) {
    const found = rule(whole, network, file.metadata);
    if (found.length === 0) continue;
    const made = new Map<string | undefined, StoredTensor[]>();
    for (const { tensor, step, parts } of found) {
      made.set(parts[0], [...(made.get(parts[0]) ?? []), tensor]);
      if (step) derived.set(tensor, step);
    }
    const parts = new Set(found.flatMap((one) => one.parts));
    whole = new Map(
      [...whole].flatMap(([name, tensor]): [string, StoredTensor][] => {
        const instead = made.get(name) ?? (parts.has(name) ? [] : [tensor]);
        return instead.map((one) => [one.name, one]);
      }),
    );
  }
  return { ...file, tensors: whole, derived };
}
