import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { ZooError } from '@zoo/core';
import { describe, expect, it } from 'vitest';

// The built package, once in each module format, beside the sources: three copies.
const built = new URL('../packages/core/dist/', import.meta.url);
const commonjs: unknown = createRequire(import.meta.url)(fileURLToPath(new URL('index.cjs', built)));
const esm: unknown = await import(/* @vite-ignore */ pathToFileURL(fileURLToPath(new URL('index.js', built))).href);

function errorOf(copy: unknown): unknown {
  const Copy: unknown = Reflect.get(Object(copy), 'ZooError');
  if (typeof Copy !== 'function') throw new Error('the built package exports no ZooError');
  return Reflect.construct(Copy, ['usage', 'no']);
}

describe('ZooError', () => {
  it.each([
    ['CommonJS', commonjs],
    ['ESM', esm],
  ])('of the %s build is one here', (_format, copy) => {
    const error = errorOf(copy);
    expect(Object.getPrototypeOf(error)).not.toBe(ZooError.prototype);
    expect(error).toBeInstanceOf(ZooError);
    expect(error).toMatchObject({ code: 'usage' });
  });

  it.each([
    ['CommonJS', commonjs],
    ['ESM', esm],
  ])('of the %s build is shown under its name', (_format, copy) => {
    expect(inspect(errorOf(copy))).toMatch(/^ZooError: no\n/);
  });
});
