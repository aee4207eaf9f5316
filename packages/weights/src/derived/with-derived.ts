import type { StatedNetwork, StoredTensor, TensorFile } from '@zoo/tensor-files';
import type { Derived, DerivedStep, Tensors } from './derived.ts';
import { graphProducts } from './graph-products.ts';
import { pruned } from './pruned.ts';
import { scaled } from './scaled.ts';
import { spectralNorms } from './spectral-norm.ts';
import { weightNorms } from './weight-norm.ts';

/** A file whose weights are whole: each that is made of several tensors stands in the place of the first of them. */
export interface WholeWeights extends TensorFile {
  /** How weights were made that the file does not have as they are. */
  derived: ReadonlyMap<StoredTensor, DerivedStep>;
}

const derive: readonly ((tensors: Tensors, network: StatedNetwork | undefined) => Derived[])[] = [
  graphProducts,
  scaled,
  weightNorms,
  spectralNorms,
  pruned,
];

/** A file of other tensors, those that only together are weights put together. Nothing is read. */
export function withDerived(file: TensorFile, tensors: Tensors = file.tensors): WholeWeights {
  const derived = new Map<StoredTensor, DerivedStep>();
  let whole = tensors;
  // One after the other: directions of a weight norm may be quantised.
  for (const rule of derive) {
    const found = rule(whole, tensors === file.tensors ? file.network : undefined);
    if (found.length === 0) continue;
    const first = new Map(found.map((one) => [one.parts[0], one.tensor]));
    const parts = new Set(found.flatMap((one) => one.parts));
    for (const { tensor, step } of found) derived.set(tensor, step);
    whole = new Map(
      [...whole].flatMap(([name, tensor]): [string, StoredTensor][] => {
        const made = first.get(name);
        if (made) return [[made.name, made]];
        return parts.has(name) ? [] : [[name, tensor]];
      }),
    );
  }
  return { ...file, tensors: whole, derived };
}
