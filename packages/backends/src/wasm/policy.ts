import { ZooError } from '@zoo/core';

/** The smallest module there is. Where it does not compile, none does. */
const emptyModule = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/**
 * tfjs would wait for ever for a module that the page may not compile.
 *
 * @throws ZooError `backend` in a page without WebAssembly.
 */
export async function checkPolicy(): Promise<void> {
  if (typeof WebAssembly === 'undefined')
    throw new ZooError(
      'backend',
      'wasm: this browser has no WebAssembly, or has it switched off. Use the backend webgl or cpu.',
    );
  try {
    await WebAssembly.compile(emptyModule);
  } catch (cause) {
    throw new ZooError(
      'backend',
      "wasm: the page's Content-Security-Policy allows no WebAssembly. Add 'wasm-unsafe-eval' to its script-src, or use the backend webgl or cpu.",
      { cause },
    );
  }
}
