import { expect, it } from 'vitest';
import { errorOfItsOwn } from './error-of-its-own.ts';

/** What decoding throws, again and again. */
async function after(first: string, ...others: string[]): Promise<{ message: string; left: string[] }> {
  const left = [...others];
  const error = await errorOfItsOwn(new Error(first), async () => {
    throw new Error(left.shift() ?? expect.unreachable('decoded once more'));
  });
  return { message: error instanceof Error ? error.message : '', left };
}

const cut = 'VipsJpeg: premature end of JPEG image';
const other = 'Input buffer has corrupt header: VipsJpeg: Unsupported JPEG data precision 72';

it('is what the first try says, where it says one thing', async () =>
  expect(await after(cut, other)).toEqual({ message: cut, left: [other] }));

it('is what a later try says, where others have taken it away or mixed theirs into it', async () => {
  expect(await after('Unknown error', cut)).toEqual({ message: cut, left: [] });
  expect(await after('Input buffer has corrupt header:', 'Unknown error', other)).toEqual({ message: other, left: [] });
  expect(await after(`${other}\n${cut}`, cut)).toEqual({ message: cut, left: [] });
});

it('is of several lines, where they are the same twice', async () => {
  const both = `VipsJpeg: Corrupt JPEG data: 67 extraneous bytes before marker 0xd9\n${cut}`;
  expect(await after(both, both)).toEqual({ message: both, left: [] });
});

it('is the last one after eight tries that say nothing', async () =>
  expect(await after('Unknown error', ...new Array<string>(8).fill('Unknown error'))).toEqual({
    message: 'Unknown error',
    left: [],
  }));
