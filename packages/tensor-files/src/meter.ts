import { ZooError } from '@zoo/core';
import type { NamedBytes } from './bytes.ts';

/**
 * Limits for the cost of opening a file. Every reader is charged before it allocates memory: a malicious file ends in
 * an error `too-costly` that names the limit. Each default grows with the size of the file and its companion files; a number that is
 * given here is the limit itself, and `Infinity` is none.
 */
export interface FileBudget {
  /**
   * Bytes of memory that are allocated while the file is opened, including decompressed data; then, those of each tensor by itself, and
   * twice as many for all of them, one after the other. Default: 16 MiB, and 4 for each byte.
   */
  bytes?: number;
  /** Values, names and tensors in its directory. Default: 100,000, and one for each 16 bytes. */
  objects?: number;
  /** Steps of reading its directory, of a microsecond or two. Default: 500,000, and one for each 4 bytes. */
  operations?: number;
}

type Cost = keyof FileBudget;

const floor: Readonly<Required<FileBudget>> = { bytes: 2 ** 24, objects: 100_000, operations: 500_000 };
const perByte: Readonly<Required<FileBudget>> = { bytes: 4, objects: 1 / 16, operations: 1 / 4 };

/** Counts what a file costs, against its budget. */
export interface Meter {
  /** @throws ZooError `too-costly` where the budget does not hold so much more. */
  spend(cost: Cost, amount: number): void;
  /** The error if so many bytes exceed the budget (`times` the budget for all tensors together); otherwise undefined. */
  excess(bytes: number, place: string, times?: number): ZooError | undefined;
}

/** A file with its meter. */
export interface MeteredBytes extends NamedBytes {
  meter: Meter;
}

/** Objects that a tensor in a directory counts as. */
export const objectsPerTensor = 16;

/** Operations that it takes to unpack what becomes so many bytes, and to read them as floats. */
export const operationsToInflate = (bytes: number): number => 600 + bytes / 64;

/** Operations that every read costs, however small it is. */
const operationsPerRead = 32;
/** Reads below this size also read the following bytes, which are usually needed next. */
const readAheadBelow = 1024;
const windowSize = 4096;

/** What `metering` answers with. */
export interface Metering {
  meter: Meter;
  /** The file, or one more beside it. */
  of(source: NamedBytes): MeteredBytes;
  /** Ends the opening phase: from now on only tensors are read. */
  opened(): void;
}

/** Meters a file and those beside it. */
export function metering(budget: FileBudget = {}): Metering {
  for (const [cost, most] of Object.entries(budget))
    if (!(most >= 0))
      throw new ZooError('usage', `budget: ${cost} is ${most}. Give a number, or Infinity for no limit.`);
  let [place, size, isOpening] = ['', 0, true];
  const spent = { bytes: 0, objects: 0, operations: 0 };
  const limit = (cost: Cost) => budget[cost] ?? floor[cost] + size * perByte[cost];
  const tooCostly = (where: string, cost: Cost, amount: number, times = 1) =>
    new ZooError(
      'too-costly',
      `${where}: takes ${Math.ceil(amount)} ${cost} or more, at most ${Math.floor(limit(cost) * times)} for a file of ${size} bytes. If you trust it, open it with the option budget: { ${cost}: ${2 ** Math.ceil(Math.log2(amount / times))} }.`,
    );
  const meter: Meter = {
    spend(cost, amount) {
      // The memory of a tensor is released with it.
      spent[cost] = isOpening ? spent[cost] + amount : amount;
      if (spent[cost] > limit(cost)) throw tooCostly(place, cost, spent[cost]);
    },
    excess: (bytes, where, times = 1) =>
      bytes > limit('bytes') * times ? tooCostly(where, 'bytes', bytes, times) : undefined,
  };
  return {
    meter,
    of(source) {
      place ||= source.name;
      size += source.size;
      const readOn = async (offset: number, length: number, into?: Uint8Array) => {
        meter.spend('operations', operationsPerRead);
        meter.spend('bytes', length);
        return source.read(offset, length, into);
      };
      let from = 0;
      let window: Uint8Array = new Uint8Array();
      return {
        name: source.name,
        size: source.size,
        meter,
        async read(offset, length, into) {
          if (!isOpening) return source.read(offset, length, into);
          if (into || length > readAheadBelow) return readOn(offset, length, into);
          if (offset < from || offset + length > from + window.length) {
            const piece = await readOn(offset, Math.min(windowSize, source.size - offset));
            // Another read may have come in between.
            from = offset;
            window = piece;
            return piece.subarray(0, length);
          }
          return window.subarray(offset - from, offset - from + length);
        },
      };
    },
    opened() {
      isOpening = false;
    },
  };
}

/** A meter for a single file. */
export const metered = (source: NamedBytes, budget?: FileBudget): MeteredBytes => metering(budget).of(source);
