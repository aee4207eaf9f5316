import type { Optimizer } from '@zoo/spec';
import { defaultOptimizer } from './optimizers/default-optimizer.ts';

/** A setting of an optimiser that is far from what is known to work. */
export interface DivergenceCause {
  setting: 'learningRate' | 'weightDecay' | 'momentum';
  /** As it is set. */
  value: number;
  /** One that works. */
  instead: number;
}

/** Twice a known learning rate may work too. */
const highRate = 2;
/** Weight decay is forgiving: it is reported if it is ten times the known one, and not tiny. */
const highDecay = 10;
const minDecay = 0.01;
const highMomentum = 0.99;

/**
 * The optimiser settings that probably make a training diverge or learn nothing, the worst first; empty if all are
 * near it.
 *
 * @param known One that works for the network, such as its recipe's. Of another kind, the defaults of its own kind stand for it.
 */
export function divergenceCauses(optimizer: Optimizer, known: Optimizer): DivergenceCause[] {
  const reference = known.kind === optimizer.kind ? known : defaultOptimizer(optimizer.kind);
  const causes: DivergenceCause[] = [];
  const { learningRate, weightDecay } = optimizer;
  if (learningRate > highRate * reference.learningRate)
    causes.push({ setting: 'learningRate', value: learningRate, instead: reference.learningRate });
  if (weightDecay > Math.max(minDecay, highDecay * reference.weightDecay))
    causes.push({ setting: 'weightDecay', value: weightDecay, instead: reference.weightDecay });
  if (
    optimizer.kind === 'sgd' &&
    reference.kind === 'sgd' &&
    optimizer.momentum > Math.max(highMomentum, reference.momentum)
  )
    causes.push({ setting: 'momentum', value: optimizer.momentum, instead: reference.momentum });
  /** How many times too much; a decay of 0 counts as the least one that is blamed at ten times. */
  const excess = ({ setting, value, instead }: DivergenceCause): number =>
    value / (setting === 'weightDecay' ? Math.max(instead, minDecay / highDecay) : instead);
  return causes.sort((a, b) => excess(b) - excess(a));
}
