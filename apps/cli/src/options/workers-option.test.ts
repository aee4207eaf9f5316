import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addWorkersOption } from './workers-option.ts';

const parsed = (workers: string): unknown =>
  addWorkersOption(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
    .parse(['--workers', workers], { from: 'user' })
    .opts().workers;

it('takes as many threads as help, and refuses more', () => {
  expect(['0', '64'].map(parsed)).toEqual([0, 64]);
  for (const many of ['65', '1000', '-1', '1.5'])
    expect(() => parsed(many)).toThrow(
      `option '--workers <n>' argument '${many}' is invalid. Expected a whole number from 0 to 64.`,
    );
});
