import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exceptions } from './exceptions.ts';

// Takes the place of tfjs-core's module of that name, and vitest that of jasmine.

const errors = new Map(exceptions.flatMap(({ error, tests }) => tests.map((name) => [name, error] as const)));

/** Exceptions that are the name of no test. */
export const unmet = new Set(errors.keys());

type Body = () => void | Promise<void>;

/** A published test; an exception must fail as it is said to. */
function published(suite: string, name: string, body: Body): void {
  const error = errors.get(`${suite}: ${name}`);
  unmet.delete(`${suite}: ${name}`);
  it(name, error ? () => expect(async () => await body()).rejects.toThrow(error) : body);
}

// Published tests find these in the global scope, and `nothing` says that a comparison has been made without jasmine.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, expect });
expect.extend({ nothing: () => ({ pass: true, message: () => '' }) });

export const ALL_ENVS = {};

/** A suite on wasm. The backend starts and ends with it. */
export function describeWithFlags(suite: string, _: unknown, tests: (env: object) => void): void {
  describe(suite, () => {
    const engine = tf.engine();
    beforeAll(async () => {
      engine.reset();
      await tf.setBackend('wasm');
    });
    beforeEach(() => engine.startScope());
    afterEach(() => {
      engine.endScope();
      engine.disposeVariables();
    });
    afterAll(() => engine.reset());
    Object.assign(globalThis, { it: (name: string, body: Body) => published(suite, name, body) });
    tests({ name: 'wasm', backendName: 'wasm', isDataSync: true });
  });
}
