import type { Optimizer } from '@zoo/spec';
import { adam, adamw } from './adam.ts';
import { sgd } from './sgd.ts';

const byKind: { readonly [Kind in Optimizer['kind']]: () => Optimizer } = { sgd, adam, adamw };

/** An optimiser of a kind with its defaults, as `sgd()`, `adam()` or `adamw()` gives it. */
export const defaultOptimizer = (kind: Optimizer['kind']): Optimizer => byKind[kind]();
