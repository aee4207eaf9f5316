import { replace } from './replace.ts';

/** How tfjs's worker calls the module of the threads: no other script does. */
const call = 'WasmBackendModuleThreadedSimd(Module)';

const isText = (parts: unknown): parts is [string] =>
  Array.isArray(parts) && parts.length === 1 && typeof parts[0] === 'string';

/** The `blob:` addresses that tfjs makes for its threads, by what they lead to: those of anybody else stay what they are. */
export interface ThreadAddresses {
  has(address: string): boolean;
  restore(): void;
}

/** Watches which addresses tfjs makes, until `restore`. */
export function watchThreadAddresses(): ThreadAddresses {
  const { Blob: NativeBlob } = globalThis;
  const { createObjectURL } = URL;
  const scripts = new WeakSet<object>();
  const addresses = new Set<string>();
  const WatchedBlob = new Proxy(NativeBlob, {
    construct(target, args, newTarget) {
      const blob: object = Reflect.construct(target, args, newTarget);
      const [parts] = args;
      if (isText(parts) && parts[0].includes(call)) scripts.add(blob);
      return blob;
    },
  });
  const undo = [
    replace(globalThis, 'Blob', WatchedBlob),
    replace(URL, 'createObjectURL', (source: Blob): string => {
      const address = createObjectURL.call(URL, source);
      if (scripts.has(source)) addresses.add(address);
      return address;
    }),
  ];
  return {
    has: (address) => addresses.has(address),
    restore() {
      for (const one of undo) one();
    },
  };
}
