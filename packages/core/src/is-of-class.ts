type Instance<Name extends keyof typeof globalThis> = (typeof globalThis)[Name] extends { prototype: infer T }
  ? T
  : never;

/**
 * Whether a value is of a class of the platform, of whichever realm: bytes of another frame, or of a test runner's sandbox, are no
 * `instanceof` this realm's `Uint8Array`. The class itself may be missing. A `File` is not called a `Blob`, nor an heir its parent.
 */
export const isOfClass = <Name extends keyof typeof globalThis>(value: unknown, name: Name): value is Instance<Name> =>
  Object.prototype.toString.call(value) === `[object ${name}]`;
