export { editDistance, nearestName } from './nearest-name.ts';
export type { OnProgress, Progress } from './progress.ts';
export { deriveSeed, type Random, random } from './random.ts';
export { isZooError, ZooError, type ZooErrorCode } from './zoo-error.ts';
