import { describe, expect, it, vi } from 'vitest';
import { isZooError, ZooError } from './zoo-error.ts';

describe('ZooError', () => {
  it('carries its code, message and cause', () => {
    const cause = new Error('below');
    const error = new ZooError('disk', 'a.txt: cannot be written.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ZooError', code: 'disk', message: 'a.txt: cannot be written.', cause });
  });

  it('ends its message with the remedy, which what it says is wrong is without', () => {
    const remedy = 'Write the file again.';
    const error = new ZooError('corrupt-file', 'a.json: is \u001b empty.', { remedy });
    expect(error).toMatchObject({
      what: 'a.json: is \\u001b empty.',
      message: 'a.json: is \\u001b empty. Write the file again.',
    });
    expect(new ZooError('usage', 'no')).toMatchObject({ what: 'no', message: 'no' });
  });

  it('is known also when it comes from another copy of the package', async () => {
    vi.resetModules();
    const other = await import('./zoo-error.ts');
    expect(other.ZooError).not.toBe(ZooError);
    const error: unknown = new other.ZooError('usage', 'no');
    expect(Object.getPrototypeOf(error)).not.toBe(ZooError.prototype);
    expect(error).toBeInstanceOf(ZooError);
    expect(new ZooError('usage', 'no')).toBeInstanceOf(other.ZooError);
    expect(isZooError(error)).toBe(true);
  });

  it.each([
    new TypeError('no'),
    Object.assign(new Error('no'), { name: 'ZooError', code: 'usage' }),
    { name: 'ZooError', code: 'usage' },
    undefined,
  ])('is not %s', (value) => {
    expect(value instanceof ZooError).toBe(false);
    expect(isZooError(value)).toBe(false);
  });

  it('has subclasses that are told apart as usual', () => {
    class Special extends ZooError {}
    expect(new Special('usage', 'no')).toBeInstanceOf(ZooError);
    expect(new Special('usage', 'no')).toBeInstanceOf(Special);
    expect(new ZooError('usage', 'no')).not.toBeInstanceOf(Special);
  });
});
