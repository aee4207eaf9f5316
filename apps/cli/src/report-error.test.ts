import { ZooError } from '@zoo/core';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { describeError } from './report-error.ts';

describe('describeError', () => {
  it('tells wrong usage from failure', () => {
    const codes = (['usage', 'unknown-name', 'spec', 'data', 'disk', 'network', 'interrupted'] as const).map(
      (code) => describeError(new ZooError(code, 'x'), {}).code,
    );
    expect(codes).toEqual([2, 2, 2, 1, 1, 1, 130]);
    expect(describeError(new CommanderError(1, 'commander.unknownOption', 'x')).code).toBe(2);
    expect(describeError(new CommanderError(0, 'commander.helpDisplayed', 'x')).code).toBe(0);
  });

  it('shows a line for what a user can mend, and more to who asks for it', () => {
    const error = new ZooError('data', 'cat.png: is a dog.', { cause: new Error('inner') });
    expect(describeError(error, {}).text).toBe('cat.png: is a dog.');
    expect(describeError(error, { ZOO_DEBUG: '1' }).text).toMatch(
      /at .*report-error\.test[\s\S]*caused by Error: inner/,
    );
  });

  it('shows the stack of a bug, and asks to report it', () => {
    const { code, text } = describeError(new TypeError('x is not a function'), {});
    expect(code).toBe(1);
    expect(text).toMatch(/bug in the zoo, please report it[\s\S]*TypeError: x is not a function\n +at /);
  });

  it('tells an array that finds no place from a bug', () => {
    expect(
      describeError(
        catchError(() => new Float32Array(2 ** 40)),
        {},
      ),
    ).toEqual({
      code: 1,
      text: 'out of memory, Invalid typed array length: 1099511627776. Use a smaller --batch-size or a smaller --width.',
    });
    expect(describeError(new RangeError('Maximum call stack size exceeded'), {}).text).toContain('bug in the zoo');
  });

  it.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'])('tells output that fails by %s from a bug', (code) => {
    expect(describeError(Object.assign(new Error(`${code}: some reason, write`), { code }))).toEqual({
      code: 1,
      text: `the output cannot be written, ${code}: some reason, write. Make room on the disk, or send the output elsewhere.`,
    });
  });

  it('says nothing when nobody reads', () => {
    expect(describeError(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toEqual({ code: 0, text: '' });
  });
});

function catchError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
