import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as browser from './browser.ts';
import * as node from './node.ts';

const source = path.dirname(fileURLToPath(import.meta.url));

/** Every file that `file` imports at once, with what those import, and what they import from elsewhere. */
function reached(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms,
  )) {
    if (name.startsWith('.')) reached(path.resolve(path.dirname(file), name), seen);
    else seen.add(name);
  }
  return seen;
}

describe('in a browser', () => {
  it('the package loads nothing that needs Node', () => {
    const all = [...reached(path.join(source, 'index.ts'), new Set())];
    expect(all).toContain(path.join(source, 'batches.ts'));
    expect(all.filter((name) => !name.startsWith(source))).toEqual(['@zoo/core']);
    expect([...reached(path.join(source, 'node.ts'), new Set())]).toContain('node:crypto');
  });

  it('every function that needs Node says so', async () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
    await expect(browser.cifar10()).rejects.toThrow(
      "cifar10: needs Node's files and network; in a browser, use inMemory().",
    );
  });
});
