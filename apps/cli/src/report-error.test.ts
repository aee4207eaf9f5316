import { ZooError } from '@zoo/core';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { describeError } from './report-error.ts';

describe('describeError', () => {
  it('tells wrong usage from failure', () => {
    const codes = (['usage', 'unknown-name', 'spec', 'data', 'disk', 'network', 'interrupted'] as const).map(
      (code) => describeError(new ZooError(code, 'x'), {}).code,
    );
    expect(codes).toEqual([2, 2, 2, 1, 1, 1, 1]);
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

  it('says nothing when nobody reads', () => {
    expect(describeError(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toEqual({ code: 0, text: '' });
  });
});
