// Writes the modules of assembly/ as text that bundlers, browsers and Node all read: npm run build:wasm.
import { writeFile } from 'node:fs/promises';
import { compile, modules } from './compile-wasm.mjs';

for (const [name, target] of Object.entries(modules)) {
  const bytes = await compile(name);
  const base64 = Buffer.from(bytes).toString('base64');
  const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
  const source = `// Generated from assembly/${name} by npm run build:wasm. Do not edit.\nexport const base64 =\n${lines.join(' +\n')};\n`;
  await writeFile(new URL(`../src/${target}/generated.ts`, import.meta.url), source);
  process.stdout.write(`${name}: ${bytes.length} bytes\n`);
}
