export { allFinite } from './all-finite.ts';
export { elements } from './elements.ts';
export { firstLine } from './first-line.ts';
export { forEachConcurrently } from './for-each-concurrently.ts';
export { isOfClass } from './is-of-class.ts';
export { jsonCost } from './json-cost.ts';
export { editDistance, nearestName } from './nearest-name.ts';
export {
  type Parse,
  parseArray,
  parseBoolean,
  parseDictionary,
  parseEither,
  parseInteger,
  parseKind,
  parseLiteral,
  parseNumber,
  parseObject,
  parseString,
} from './parse.ts';
export { type PoolWindows, pooledSize } from './pooled-size.ts';
export { printable, printableName } from './printable.ts';
export type { OnProgress, Progress } from './progress.ts';
export { deriveSeed, fillNormal, fillUniform, type Random, random } from './random.ts';
export { systemCode } from './system-code.ts';
export { yieldToEventLoop } from './yield-to-event-loop.ts';
export { isZooError, ZooError, type ZooErrorCode, type ZooErrorOptions } from './zoo-error.ts';
