/** Bytes that can be read in any order. */
export interface Bytes {
  size: number;
  /**
   * Exactly `length` bytes from `offset`, a range that the caller has checked. They may be written into `into`, which has that
   * length, instead of new memory: then `into` is returned.
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
}

/** Bytes with a name, for messages. */
export interface NamedBytes extends Bytes {
  name: string;
}

/** `size` bytes from `start` of others, as bytes of their own. */
export const partOf = (whole: Bytes, start: number, size: number): Bytes => ({
  size,
  read: (offset, length, into) => whole.read(start + offset, length, into),
});
