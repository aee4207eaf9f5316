// Writes down which function does the items of which job. An item is an exported function `(item: i32)` or `(item: i32, thread: i32)`.
import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../assembly/', import.meta.url);

/** The source of assembly/generated/dispatch.ts. */
export async function dispatchSource() {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();
  const imports = [];
  const items = [];
  for (const name of names.filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))) {
    const text = await readFile(new URL(name, folder), 'utf8');
    const found = [...text.matchAll(/^export function (\w+)\(item: i32(, thread: i32)?\): void \{/gm)];
    if (!found.length) continue;
    imports.push(`import { ${found.map(([, item]) => item).join(', ')} } from '../${name.slice(0, -3)}';`);
    items.push(...found.map(([, item, takesThread]) => [item, `${item}(item${takesThread ? ', thread' : ''})`]));
  }
  const kinds = items.map(([item], i) => `  export const ${item} = ${i + 1};`);
  const cases = items.map(([item, call]) => `    case Kind.${item}:\n      return ${call};`);
  return `/**
 * From the kind of a job to the function that does one of its items. A switch, and no table of function pointers:
 * those would need data at fixed addresses of a heap that is tfjs's.
 * Generated from the rooms by npm run build:wasm. Do not edit.
 */
${imports.join('\n')}

export namespace Kind {
${kinds.join('\n')}
}

export function runItem(kind: i32, item: i32, thread: i32): void {
  switch (kind) {
${cases.join('\n')}
    default:
      unreachable();
  }
}
`;
}
