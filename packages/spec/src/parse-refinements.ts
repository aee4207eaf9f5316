import { type Parse, parseInteger, parseNumber, parseObject } from '@zoo/core';
import type { Multipliers } from './layer.ts';
import { maxSize } from './limits.ts';
import type { ChangedMultipliers, Refinements } from './refinements.ts';

const factor = parseNumber(0, 1e9);
const factors = parseObject<Multipliers['learningRate']>({ weight: factor, bias: factor });

/** Reads multipliers of rates that came from a file. */
export const parseMultipliers: Parse<Multipliers> = parseObject<Multipliers>({
  learningRate: factors,
  weightDecay: factors,
});

const someFactors = parseObject<NonNullable<ChangedMultipliers['learningRate']>>({}, { weight: factor, bias: factor });

/** Reads those that are in place of the network's. */
export const parseChangedMultipliers: Parse<ChangedMultipliers> = parseObject<ChangedMultipliers>(
  {},
  { learningRate: someFactors, weightDecay: someFactors },
);

const belowOne = parseNumber(0, 1 - Number.EPSILON);

/** Readers of the fields of `Refinements`. */
export const refinementFields: { [Field in keyof Required<Refinements>]: Parse<Required<Refinements>[Field]> } = {
  labelSmoothing: belowOne,
  clipNorm: factor,
  accumulate: parseInteger(1, maxSize),
  ema: belowOne,
  earlyStopping: parseInteger(0, maxSize),
  multipliers: parseChangedMultipliers,
};
