/** Writes pickles, protocol 2, an instruction at a time. */
export interface PickleWriter {
  global(module: string, name: string): void;
  text(value: string): void;
  int(value: number): void;
  /** A tuple, of what `content` writes. */
  tuple(content: () => void): void;
  op(...bytes: readonly number[]): void;
  bytes(): Uint8Array;
}

export const ops = {
  mark: 0x28, // (
  tuple: 0x74, // t
  emptyTuple: 0x29, // )
  reduce: 0x52, // R
  setItems: 0x75, // u
  persistentId: 0x51, // Q
  newFalse: 0x89,
  stop: 0x2e, // .
} as const;

export function pickleWriter(): PickleWriter {
  const written: number[] = [0x80, 2];
  const encoder = new TextEncoder();
  const little = (value: number, bytes: number) =>
    Array.from({ length: bytes }, (_, index) => Math.floor(value / 2 ** (8 * index)) & 0xff);
  const writer: PickleWriter = {
    global: (module, name) => void written.push(0x63, ...encoder.encode(`${module}\n${name}\n`)),
    text(value) {
      const bytes = encoder.encode(value);
      written.push(0x58, ...little(bytes.length, 4), ...bytes);
    },
    int: (value) =>
      void (value < 2 ** 31
        ? written.push(0x4a, ...little(value, 4)) // BININT
        : written.push(0x8a, 8, ...little(value, 8))), // LONG1
    tuple(content) {
      written.push(ops.mark);
      content();
      written.push(ops.tuple);
    },
    op: (...bytes) => void written.push(...bytes),
    bytes: () => Uint8Array.from(written),
  };
  return writer;
}
