/**
 * Replaces a property, and returns a function that restores it.
 * If other code has replaced it in the meantime, that value stays.
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
