// Compiles assembly/ to WebAssembly, in memory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The module of the two passes of a resize, which imports its memory. */
export async function compile() {
  let bytes = new Uint8Array();
  const { error, stderr } = await main(
    [
      'assembly/index.ts',
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
