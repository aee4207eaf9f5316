import { afterEach, expect, it, vi } from 'vitest';

const { argv, stdin } = process;
const { isTTY } = stdin;

afterEach(() => {
  process.argv = argv;
  stdin.isTTY = isTTY;
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

it('says whose question it is, and what to pass, when nobody is there to answer', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.argv = argv.slice(0, 2);
  stdin.isTTY = false;
  await import('./bin.ts');
  await vi.waitFor(() => expect(said).toHaveBeenCalled());
  expect(said.mock.calls.join()).toMatch(/^create-model: which name\? Pass one, such as my-net\./);
  expect(process.exitCode).toBe(2);
});
