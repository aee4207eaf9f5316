// Writes the compiled modules into the sources, as text that bundlers, browsers and Node all read: npm run build:wasm.
import { writeFile } from 'node:fs/promises';
import { compile, variants } from './compile-wasm.mjs';

export const generated = new URL('../src/wasm/module/generated/', import.meta.url);

export const source = (bytes) =>
  `// Generated from assembly/ by npm run build:wasm. Do not edit.\nexport const base64 =\n  '${Buffer.from(bytes).toString('base64')}';\n`;

for (const variant of variants) {
  const bytes = await compile(variant);
  await writeFile(new URL(`${variant}.ts`, generated), source(bytes));
  process.stdout.write(`${variant}: ${bytes.length} bytes\n`);
}
