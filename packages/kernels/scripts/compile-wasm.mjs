// Compiles assembly/ to WebAssembly, in memory.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { boundaryOf } from './boundary.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The four modules: what the engine can compute with, and whether it has threads. */
export const variants = ['simd128', 'simd128-shared', 'relaxed', 'relaxed-shared'];

/** What makes a module safe on a heap that is tfjs's: it brings no data of its own, and without a runtime it has no stack there either. */
function check(variant, bytes) {
  const count = (section) => {
    for (let at = 8; at < bytes.length; ) {
      const id = bytes[at++];
      let [size, shift] = [0, 0];
      for (let byte = 0x80; byte & 0x80; shift += 7) {
        byte = bytes[at++];
        size |= (byte & 0x7f) << shift;
      }
      if (id === section) return size;
      at += size;
    }
    return 0;
  };
  const [dataSection, elementSection] = [11, 9];
  if (count(dataSection) > 1 || count(elementSection) > 1)
    throw new Error(
      `${variant}: the module has data of its own, which would lie in tfjs's heap. Use no strings, arrays or function values.`,
    );
}

/** The bytes of one variant, and what the other side of its boundary is to know, as TypeScript. */
export async function compile(variant, { entry = 'assembly/index.ts' } = {}) {
  const [instructions, shared] = variant.split('-');
  const files = new Map();
  let boundary = '';
  class ReadBoundary {
    afterCompile(module) {
      boundary = boundaryOf(this.program, module, this.binaryen);
    }
  }
  const { error, stderr } = await main(
    [
      entry,
      '--baseDir',
      folder,
      '--outFile',
      'out.wasm',
      ...['--runtime', 'stub', '--noAssert', '--noColors', '-O3', '--converge'],
      ...['--importMemory', '--enable', 'simd'],
      ...(instructions === 'relaxed' ? ['--enable', 'relaxed-simd'] : []),
      ...(shared ? ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'] : ['--disable', 'threads']),
    ],
    {
      writeFile: (name, contents) => files.set(name, contents),
      transforms: entry === 'assembly/index.ts' ? [ReadBoundary] : [],
    },
  );
  if (error) throw new Error(`${variant}: ${error.message}\n${stderr}`);
  const bytes = files.get('out.wasm');
  check(variant, bytes);
  return { bytes, boundary };
}
