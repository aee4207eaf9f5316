// Compiles a folder of assembly/ to WebAssembly, in memory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The modules, by their folders in assembly/, and where each is written to in src/. */
export const modules = {
  resize: 'transforms/resize-kernel',
  jpeg: 'jpeg',
};

/** A module, which imports its memory. */
export async function compile(name) {
  let bytes = new Uint8Array();
  const { error, stderr } = await main(
    [
      `assembly/${name}/index.ts`,
      ...['--baseDir', folder, '--outFile', 'out.wasm', '--runtime', 'stub', '--noAssert', '--noColors'],
      ...['-O3', '--converge', '--importMemory', '--enable', 'simd', '--disable', 'threads'],
    ],
    {
      writeFile: (_, contents) => {
        bytes = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return bytes;
}
