import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('guide/promises.md', import.meta.url), 'utf8');
const promises = page.split(/^- \*\*/m).slice(1);

it('each promise names the tests that hold it, and they are there', () => {
  expect(promises.length).toBeGreaterThan(15);
  for (const promise of promises) {
    const [, held = ''] = promise.split('Held by ');
    const tests = Array.from(held.matchAll(/`([^`]+\.test\.ts)`/g), ([, test]) => test ?? '');
    expect(tests.length, promise).toBeGreaterThan(0);
    for (const test of tests) expect(existsSync(new URL(`../${test}`, import.meta.url)), test).toBe(true);
  }
});
