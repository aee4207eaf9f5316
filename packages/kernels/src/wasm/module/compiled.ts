import { ZooError } from '@zoo/core';
import { base64 as relaxed } from './generated/relaxed.ts';
import { base64 as relaxedShared } from './generated/relaxed-shared.ts';
import { base64 as simd128 } from './generated/simd128.ts';
import { base64 as simd128Shared } from './generated/simd128-shared.ts';

/** `relaxed` multiplies and adds in one instruction, where the engine and the processor have it. */
export type Instructions = 'relaxed' | 'simd128';

export interface Compiled {
  module: WebAssembly.Module;
  instructions: Instructions;
}

const sources: readonly { instructions: Instructions; alone: string; shared: string }[] = [
  { instructions: 'relaxed', alone: relaxed, shared: relaxedShared },
  { instructions: 'simd128', alone: simd128, shared: simd128Shared },
];

const decode = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The fastest of our modules that this engine accepts, for a heap that is shared between threads or not. */
export function compiled(shared: boolean): Compiled {
  for (const source of sources) {
    const bytes = decode(shared ? source.shared : source.alone);
    if (WebAssembly.validate(bytes))
      return { module: new WebAssembly.Module(bytes), instructions: source.instructions };
  }
  throw new ZooError(
    'backend',
    'wasm kernels: this engine has no WebAssembly SIMD. Use the backend cpu, or an engine of 2021 or later.',
  );
}
