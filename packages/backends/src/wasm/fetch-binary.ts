import { firstLine, ZooError } from '@zoo/core';
import type { WasmFile } from './files.ts';
import { checkPolicy } from './policy.ts';

const advice = (file: WasmFile): string =>
  `Serve ${file}, which is in the folder dist/browser/wasm of @zoo/backends, and say where by useBackend's option wasmPaths.`;

const magic = [0x00, 0x61, 0x73, 0x6d];

/** What a server has sent in place of a WebAssembly file. */
function contents(bytes: Uint8Array): string {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  if (/^<(!doctype|html|!--)/i.test(start))
    return 'the server responds with an HTML page, as development servers do for a missing file';
  return bytes.length === 0 ? 'the answer is empty' : 'the answer is no WebAssembly';
}

/**
 * A file of tfjs's wasm backend, whole and checked: tfjs itself would say of any fault that the file is not found.
 *
 * @throws ZooError `backend` that says what was found in its place, and what to do.
 */
export async function fetchBinary(file: WasmFile, address: string): Promise<ArrayBuffer> {
  const fault = (what: string, cause?: unknown): ZooError =>
    new ZooError('backend', `wasm: ${address}: ${what}. ${advice(file)}`, { cause });
  await checkPolicy();
  let response: Response;
  let buffer: ArrayBuffer;
  try {
    response = await fetch(address, { credentials: 'same-origin' });
    buffer = await response.arrayBuffer();
  } catch (cause) {
    throw fault(`it cannot be fetched, ${firstLine(cause)}`, cause);
  }
  if (!response.ok) throw fault(`the server answers ${response.status} ${response.statusText}`.trimEnd());
  const bytes = new Uint8Array(buffer);
  if (magic.some((byte, index) => bytes[index] !== byte)) throw fault(contents(bytes));
  if (!WebAssembly.validate(bytes))
    throw new ZooError(
      'backend',
      'wasm: this browser does not know the instructions of the file (WebAssembly SIMD). Use a browser of 2021 or later, or the backend cpu.',
    );
  return buffer;
}
