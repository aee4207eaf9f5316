import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPackage } from '../workspace.ts';
import { apiReport } from './report.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'zoo-api-'));
  await mkdir(path.join(root, 'dist'));
  const files = {
    'package.json': JSON.stringify({
      name: '@made-up/paint',
      version: '0.1.0',
      type: 'module',
      exports: {
        '.': {
          browser: { import: { types: './dist/index.d.ts', default: './dist/browser/index.js' } },
          default: { import: { types: './dist/index.d.ts', default: './dist/index.js' } },
        },
        './package.json': './package.json',
      },
    }),
    'dist/index.d.ts': `
      import { C as Colour, H as Hue } from './chunk.js';
      /** Paints. */
      declare function paint(colour: Colour): void;
      declare function paint(hue: Hue, twice: boolean): void;
      declare class Brush { private hairs; #secret; readonly width: number; private constructor(); }
      declare const b: Brush;
      export { paint, Brush, b as brush, type Colour };`,
    'dist/chunk.d.ts': `
      interface Hue { degrees: number }
      interface Unused { nothing: never }
      type Colour = 'red' | Hue;
      export type { Colour as C, Hue as H, Unused as U };`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(root, name), text);
});
afterAll(() => rm(root, { recursive: true }));

it('prints exports in the order of names, what they need, and nothing private', async () => {
  expect(apiReport(await readPackage(root, ''))).toBe(`# Public signatures of @made-up/paint

Written by \`npm run api\`. A change of this file needs a changeset.

## @made-up/paint

\`\`\`ts
export class Brush {
    readonly width: number;
}

export type Colour = 'red' | Hue;

export { b as brush }
export const b: Brush;

export function paint(colour: Colour): void;
export function paint(hue: Hue, twice: boolean): void;

interface Hue {
    degrees: number;
}
\`\`\`
`);
});
