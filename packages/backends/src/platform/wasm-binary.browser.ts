import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { firstLine, ZooError } from '@zoo/core';
import type { BackendOptions } from '../candidate.ts';
import type { Begin } from '../wasm/begin.ts';
import { fetchBinary } from '../wasm/fetch-binary.ts';
import type { WasmFile, WasmPaths } from '../wasm/files.ts';
import { replace } from '../wasm/replace.ts';

/**
 * The files that lie beside this code. Vite, webpack and Next.js know this form, and bring the files along with the code;
 * others leave it as it is, and it means a folder `wasm` beside the bundle.
 */
const bundledFiles: Readonly<Record<WasmFile, () => URL>> = {
  'tfjs-backend-wasm-simd.wasm': () => new URL('./wasm/tfjs-backend-wasm-simd.wasm', import.meta.url),
  'tfjs-backend-wasm-threaded-simd.wasm': () => new URL('./wasm/tfjs-backend-wasm-threaded-simd.wasm', import.meta.url),
};

function addressOf(file: WasmFile, paths: WasmPaths | undefined): string {
  if (typeof paths === 'string') return `${paths.replace(/\/?$/, '/')}${file}`;
  if (paths) return paths[file];
  try {
    return bundledFiles[file]().href;
  } catch (cause) {
    // In a script that is no module there is no `import.meta.url`.
    throw new ZooError(
      'backend',
      `wasm: this bundle does not say where ${file} is. Copy the folder dist/browser/wasm of @zoo/backends into the site, and give its address by useBackend's option wasmPaths.`,
      { cause },
    );
  }
}

const incompatible = (address: string, cause: unknown): ZooError =>
  new ZooError(
    'backend',
    `wasm: ${address}: it does not run with tfjs-backend-wasm ${version_wasm}, ${firstLine(cause)}. Serve the files of the same version, which are in the folder dist/browser/wasm of @zoo/backends.`,
    { cause },
  );

/** A response for tfjs whose body is these bytes. */
function responseWith(bytes: ArrayBuffer): Response {
  const response = new Response();
  Object.defineProperty(response, 'arrayBuffer', { value: async () => bytes });
  return response;
}

/** Makes tfjs fetch these bytes from an address. */
async function withResponse<T>(address: string, bytes: ArrayBuffer, start: () => Promise<T>): Promise<T> {
  const { platform } = tf.env();
  const fetchOther = platform.fetch.bind(platform);
  const restore = replace(platform, 'fetch', (path: string, init?: RequestInit) =>
    path === address ? Promise.resolve(responseWith(bytes)) : fetchOther(path, init),
  );
  try {
    return await start();
  } finally {
    restore();
  }
}

/** tfjs ignores errors of the instantiation and waits for ever: here they are reported. */
async function instanceOf<T>(address: string, bytes: ArrayBuffer, start: () => Promise<T>): Promise<T> {
  const { instantiate } = WebAssembly;
  let restore = (): void => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      const failed = (cause: unknown): Promise<never> => {
        reject(incompatible(address, cause));
        // Otherwise the browser would report it a second time.
        return new Promise(() => {});
      };
      restore = replace(WebAssembly, 'instantiate', (source: BufferSource, ...rest: unknown[]): Promise<unknown> => {
        const instance: Promise<unknown> = Reflect.apply(instantiate, WebAssembly, [source, ...rest]);
        return source === bytes ? instance.catch(failed) : instance;
      });
      start().then(resolve, reject);
    });
  } finally {
    restore();
  }
}

/** Fetches the file, checks it, and has tfjs use it while `start` runs. */
export async function withBinary<T>(
  file: WasmFile,
  { wasmPaths }: BackendOptions,
  start: (begin: Begin) => Promise<T>,
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
  return withResponse(address, bytes, () => start((begun) => instanceOf(address, bytes, begun)));
}
