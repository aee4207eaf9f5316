import { describe, expect, it } from 'vitest';
import { isZooError, ZooError } from './zoo-error.ts';

describe('ZooError', () => {
  it('carries its code, message and cause', () => {
    const cause = new Error('below');
    const error = new ZooError('disk', 'a.txt: cannot be written.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ZooError', code: 'disk', message: 'a.txt: cannot be written.', cause });
  });

  it('is known also when it comes from another copy of the package', () => {
    expect(isZooError(new ZooError('usage', 'no'))).toBe(true);
    expect(isZooError(Object.assign(new Error('no'), { name: 'ZooError', code: 'usage' }))).toBe(true);
    expect(isZooError(new TypeError('no'))).toBe(false);
    expect(isZooError({ name: 'ZooError', code: 'usage' })).toBe(false);
  });
});
