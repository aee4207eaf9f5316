import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lostInDeclarations, lostInSource } from './declarations.ts';
import { packagesOf, root } from './workspace.ts';

/** What a check finds in each file below a folder, with the file's name. */
async function foundBelow(folder: string, ending: RegExp, check: (text: string) => string[]): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => ending.test(file));
  const found = files.map(async (file) =>
    check(await readFile(path.join(folder, file), 'utf8')).map((what) => `${file}: ${what}`),
  );
  return (await Promise.all(found)).flat();
}

describe('documentation that editors would not show', () => {
  it('is found behind a field of a declaration, and in front of a member of a union', () => {
    expect(lostInDeclarations('interface A {\n  a: number; /** Of b. */\n  b: number;\n}')).toEqual([
      '; /** Of b. */ b: number; }',
    ]);
    expect(lostInDeclarations('interface A {\n  a: number;\n  /** Of b. */\n  b: number;\n}')).toEqual([]);
    expect(lostInSource("type A =\n  /** First. */\n  | 'a'\n  | 'b';")).toEqual(["/** First. */ | 'a' | 'b';"]);
    expect(lostInSource("/** Both. */\ntype A = 'a' | 'b';")).toEqual([]);
  });
});

const built = (await packagesOf(root, ['packages'])).filter(({ manifest }) => manifest.private !== true);

// `npm test` builds first.
describe.each(built)('the documentation of $name', ({ folder }) => {
  it('comes into its declarations, each comment on a line of its own', async () => {
    expect(await foundBelow(path.join(folder, 'src'), /(?<!\.test)\.ts$/, lostInSource)).toEqual([]);
    expect(await foundBelow(path.join(folder, 'dist'), /\.d\.c?ts$/, lostInDeclarations)).toEqual([]);
  });
});
