import type { Recipe, Refinements } from '@zoo/spec';
import { counted } from '../rendering/quantities.ts';

/** One of the refinements of a recipe that are not at their defaults. */
export interface RefinementFact {
  key: keyof Refinements;
  title: string;
  value: string | number;
  text: string;
}

/** `learning rate × 1 and × 2`, or of biases alone. */
function factorText(name: string, { weight, bias }: { weight?: number; bias?: number } = {}): string[] {
  if (weight !== undefined && bias !== undefined) return [`${name} × ${weight} and × ${bias}`];
  if (weight !== undefined) return [`${name} of weights × ${weight}`];
  return bias === undefined ? [] : [`${name} of biases × ${bias}`];
}

/** What a recipe does beyond optimiser and schedule; nothing for a plain one. */
export function refinementFacts({
  labelSmoothing = 0,
  clipNorm = 0,
  accumulate = 1,
  ema = 0,
  earlyStopping = 0,
  multipliers,
}: Recipe): RefinementFact[] {
  const facts: (RefinementFact | false)[] = [
    labelSmoothing > 0 && {
      key: 'labelSmoothing',
      title: 'label smoothing',
      value: labelSmoothing,
      text: `${labelSmoothing} of each label is spread over all classes`,
    },
    clipNorm > 0 && {
      key: 'clipNorm',
      title: 'gradient clipping',
      value: clipNorm,
      text: `to a norm of ${clipNorm}`,
    },
    accumulate > 1 && {
      key: 'accumulate',
      title: 'gradient accumulation',
      value: accumulate,
      text: `each batch in ${counted(accumulate, 'part')}`,
    },
    ema > 0 && { key: 'ema', title: 'average of the weights', value: ema, text: `exponential, decay ${ema}` },
    earlyStopping > 0 && {
      key: 'earlyStopping',
      title: 'early stopping',
      value: earlyStopping,
      text: `after ${counted(earlyStopping, 'epoch')} without a lower test loss`,
    },
  ];
  const factors = [
    ...factorText('learning rate', multipliers?.learningRate),
    ...factorText('weight decay', multipliers?.weightDecay),
  ].join(', ');
  return [
    ...facts.filter((fact) => fact !== false),
    ...(factors === ''
      ? []
      : [
          {
            key: 'multipliers',
            title: 'factors of weights and biases',
            value: factors,
            text: factors,
          } satisfies RefinementFact,
        ]),
  ];
}
