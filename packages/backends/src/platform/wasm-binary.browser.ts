import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { BackendOptions } from '../candidate.ts';
import { fetchBinary } from '../wasm/fetch-binary.ts';
import type { WasmFile, WasmPaths } from '../wasm/files.ts';

/**
 * The files that lie beside this code. Vite, webpack and Next.js know this form, and bring the files along with the code;
 * others leave it as it is, and it means a folder `wasm` beside the bundle.
 */
const besideCode: Readonly<Record<WasmFile, () => URL>> = {
  'tfjs-backend-wasm-simd.wasm': () => new URL('./wasm/tfjs-backend-wasm-simd.wasm', import.meta.url),
  'tfjs-backend-wasm-threaded-simd.wasm': () => new URL('./wasm/tfjs-backend-wasm-threaded-simd.wasm', import.meta.url),
};

function addressOf(file: WasmFile, paths: WasmPaths | undefined): string {
  if (typeof paths === 'string') return `${paths.replace(/\/?$/, '/')}${file}`;
  if (paths) return paths[file];
  try {
    return besideCode[file]().href;
  } catch (cause) {
    // In a script that is no module there is no `import.meta.url`.
    throw new ZooError(
      'backend',
      `wasm: this bundle does not say where ${file} lies. Copy the folder dist/browser/wasm of @zoo/backends into the site, and give its address by useBackend's option wasmPaths.`,
      { cause },
    );
  }
}

/** Has tfjs take these bytes for what lies at an address. */
async function answeringWith<T>(address: string, bytes: ArrayBuffer, start: () => Promise<T>): Promise<T> {
  const { platform } = tf.env();
  const own = Object.getOwnPropertyDescriptor(platform, 'fetch');
  const fetchOther = platform.fetch.bind(platform);
  Object.defineProperty(platform, 'fetch', {
    value: (path: string, init?: RequestInit) =>
      path === address ? Promise.resolve(new Response(bytes)) : fetchOther(path, init),
    configurable: true,
    writable: true,
  });
  try {
    return await start();
  } finally {
    if (own) Object.defineProperty(platform, 'fetch', own);
    else Reflect.deleteProperty(platform, 'fetch');
  }
}

/** Fetches the file, checks it, and has tfjs use it while `start` runs. */
export async function withBinary<T>(
  file: WasmFile,
  { wasmPaths }: BackendOptions,
  start: () => Promise<T>,
): Promise<T> {
  const address = addressOf(file, wasmPaths);
  const bytes = await fetchBinary(file, address);
  // tfjs wants all three of its names; it asks for the one that it needs, by its platform's fetch.
  setWasmPaths(
    {
      'tfjs-backend-wasm.wasm': address,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    },
    true,
  );
  return answeringWith(address, bytes, start);
}
