/** A WebAssembly module of assembly/, and the memory that it works in. */
export interface KernelModule {
  readonly memory: WebAssembly.Memory;
  /** Calls a function that the module exports, with numbers and addresses in its memory. */
  call(name: string, ...args: number[]): number;
}

const pageBytes = 65_536;

function start(base64: string): KernelModule | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    return {
      memory,
      call(name, ...args) {
        const found = exports[name];
        if (typeof found !== 'function') throw new Error(`the module has no function ${name}`);
        return Number(found(...args));
      },
    };
  } catch {
    return undefined;
  }
}

/**
 * A module that starts when it is first asked for. Undefined for an engine without SIMD, and in a page that forbids WebAssembly.
 *
 * @param base64 Its bytes.
 */
export function kernelModule(base64: string): () => KernelModule | undefined {
  let started: KernelModule | undefined | 'not yet' = 'not yet';
  return () => {
    if (started === 'not yet') started = start(base64);
    return started;
  };
}

/** Makes room for so many bytes. The memory never shrinks. @returns Whether the engine has so many. */
export function growTo({ memory }: KernelModule, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return true;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
    return true;
  } catch {
    return false;
  }
}

/** Gives out places in a kernel's memory, one behind the other in whole vectors, from `start`. */
export function memoryPlaces(start = 0): { take(bytes: number): number; end(): number } {
  let end = start;
  return {
    take(bytes) {
      const place = end;
      end += Math.ceil(bytes / 16) * 16;
      return place;
    },
    end: () => end,
  };
}
