import { relu } from '@zoo/spec';
import { specWith } from '@zoo/testing/spec-with';
import { describe, expect, it } from 'vitest';
import { buildModel } from './build-model.ts';
import { specOf } from './spec-of.ts';

// Nothing here imports a backend.

describe('before there is a backend', () => {
  it('a model is not built, and the remedy is named', () => {
    expect(() => buildModel(specWith([relu()], [3, 3, 2]))).toThrow(
      /^TensorFlow\.js has no backend yet, .* Await useBackend\(\) of @zoo\/backends first, or import one/,
    );
  });
});

describe('specOf', () => {
  it.each([
    [null, 'null'],
    [undefined, 'a value of type undefined'],
    ['model', 'a value of type string'],
    [{}, 'a value of type object'],
  ])('is not given %o', (value, found) => {
    expect(() => Reflect.apply(specOf, undefined, [value])).toThrow(`A model is expected, found ${found}.`);
  });
});
