/**
 * Puts a value in the place of a property, and gives back how to undo it.
 * Where somebody else has put another value there since, that one stays.
 */
export function replace(target: object, name: PropertyKey, value: unknown): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, {
    value,
    enumerable: descriptor?.enumerable ?? true,
    configurable: true,
    writable: true,
  });
  return () => {
    if (Object.getOwnPropertyDescriptor(target, name)?.value !== value) return;
    if (descriptor) Object.defineProperty(target, name, descriptor);
    else Reflect.deleteProperty(target, name);
  };
}
