import { inject } from 'vitest';

/**
 * Whether everything is run: by `ZOO_TESTS=complete npm test`, as `.ci/run` does. Otherwise, of long rows of cases that are alike,
 * one of each kind is run, so that `npm test` takes minutes.
 */
export const complete = inject('complete');

/** Those of a row of alike cases that this run is for. */
export const ofKind = <T>(cases: readonly T[], oneOfEach: (one: T, index: number) => boolean): readonly T[] =>
  complete ? cases : cases.filter(oneOfEach);
