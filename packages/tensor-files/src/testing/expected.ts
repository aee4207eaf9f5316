import {
  type Parse,
  parseArray,
  parseEither,
  parseInteger,
  parseNumber,
  parseObject,
  parseString,
  ZooError,
} from '@zoo/core';

/** What a framework says that a tensor holds. JSON has no infinities: those are texts. */
export interface ExpectedTensor {
  shape: number[];
  values: (number | string)[];
}

const record =
  <T>(item: Parse<T>): Parse<Record<string, T>> =>
  (value, place) => {
    if (typeof value !== 'object' || value === null)
      throw new ZooError('corrupt-file', `${place}: expected an object.`);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, item(one, `${place}.${key}`)]));
  };

/** By file, then by tensor. */
export const parseExpected = record(
  record(
    parseObject<ExpectedTensor>({
      shape: parseArray(parseInteger()),
      values: parseArray(parseEither(parseNumber(), parseString)),
    }),
  ),
);
