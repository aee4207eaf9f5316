// Writes the module of assembly/ as text that bundlers, browsers and Node all read: npm run build:wasm.
import { writeFile } from 'node:fs/promises';
import { compile } from './compile-wasm.mjs';

const bytes = await compile();
const base64 = Buffer.from(bytes).toString('base64');
const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
const source = `// Generated from assembly/ by npm run build:wasm. Do not edit.\nexport const base64 =\n${lines.join(' +\n')};\n`;
await writeFile(new URL('../src/transforms/resize-kernel/generated.ts', import.meta.url), source);
process.stdout.write(`${bytes.length} bytes\n`);
