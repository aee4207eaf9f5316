import { ZooError } from '@zoo/core';

type Compute = (...args: unknown[]) => unknown;

const isCompute = (value: unknown): value is Compute => typeof value === 'function';

/** What TensorFlow says of a tensor that finds no place: `OOM when allocating tensor with shape[4,4] and type float on ...` */
const outOfMemory = /OOM when allocating (tensor with shape\[[\d,]*\])/;

const watched = new WeakSet<object>();

/** Has tfjs-node's backend say in the zoo's words when memory does not suffice. */
export function watchMemory(name: string, backend: object): void {
  const binding: unknown = Reflect.get(backend, 'binding');
  if (typeof binding !== 'object' || binding === null || watched.has(backend)) return;
  const compute: unknown = Reflect.get(binding, 'executeOp');
  if (!isCompute(compute)) return;
  const executeOp: Compute = (...args) => {
    try {
      return compute(...args);
    } catch (cause) {
      const [, what] = outOfMemory.exec(cause instanceof Error ? cause.message : '') ?? [];
      if (what === undefined) throw cause;
      throw new ZooError(
        'backend',
        `${name}: out of memory, TensorFlow has none for a ${what}. Use a smaller batch or a smaller width.`,
        { cause },
      );
    }
  };
  // The addon's own properties cannot be written.
  Reflect.set(backend, 'binding', Object.create(binding, { executeOp: { value: executeOp } }));
  watched.add(backend);
}
