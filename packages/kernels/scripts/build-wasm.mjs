// Writes what is generated from assembly/: the compiled modules, as text that bundlers, browsers and Node all read, and what both
// sides of their boundary have to agree on: npm run build:wasm.
import { writeFile } from 'node:fs/promises';
import { compile, variants } from './compile-wasm.mjs';
import { dispatchSource } from './dispatch.mjs';

const generated = new URL('../src/wasm/module/generated/', import.meta.url);

await writeFile(new URL('../assembly/generated/dispatch.ts', import.meta.url), await dispatchSource());
const boundaries = new Set();
for (const variant of variants) {
  const { bytes, boundary } = await compile(variant);
  const base64 = Buffer.from(bytes).toString('base64');
  const source = `// Generated from assembly/ by npm run build:wasm. Do not edit.\nexport const base64 =\n  '${base64}';\n`;
  await writeFile(new URL(`${variant}.ts`, generated), source);
  process.stdout.write(`${variant}: ${bytes.length} bytes\n`);
  boundaries.add(boundary);
}
const [boundary, another] = boundaries;
if (another) throw new Error('the four modules differ in their signatures, structures or constants');
await writeFile(new URL('boundary.ts', generated), boundary);
