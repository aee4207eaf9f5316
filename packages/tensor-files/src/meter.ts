import { ZooError } from '@zoo/core';
import type { NamedBytes } from './bytes.ts';

/**
 * What opening a file may cost at most. Every reader draws from it before it asks for memory: a file that was made to do harm ends in
 * an error `too-costly` that names the limit. Each default grows with the bytes of the file and of those beside it; a number that is
 * given here is the limit itself, and `Infinity` is none.
 */
export interface FileBudget {
  /**
   * Bytes of memory that are asked for while the file is opened, what is unpacked included; then, those of each tensor by itself.
   * Default: 32 MiB, and 4 for each byte.
   */
  bytes?: number;
  /** Values, names and tensors that its directory is made of. Default: 200,000, and one for each 16 bytes. */
  objects?: number;
  /** Steps of reading its directory, of about a microsecond at most. Default: 1,000,000, and one for each 4 bytes. */
  operations?: number;
}

type Cost = keyof FileBudget;

const floor: Readonly<Required<FileBudget>> = { bytes: 2 ** 25, objects: 200_000, operations: 1_000_000 };
const ofEachByte: Readonly<Required<FileBudget>> = { bytes: 4, objects: 1 / 16, operations: 1 / 4 };

/** Counts what a file costs, against its budget. */
export interface Meter {
  /** @throws ZooError `too-costly` where the budget does not hold so much more. */
  spend(cost: Cost, amount: number): void;
  /** Why so many bytes at once are too many; undefined where they are not. */
  excess(bytes: number, place: string): ZooError | undefined;
}

/** A file whose reader draws from its budget. */
export interface MeteredBytes extends NamedBytes {
  meter: Meter;
}

/** What a tensor of a directory takes. */
export const ofATensor = 10;

/** What is read of a file costs operations however little it is. */
const aRead = 16;

/** Meters a file and those beside it. */
export function metering(budget: FileBudget = {}) {
  for (const [cost, most] of Object.entries(budget))
    if (!(most >= 0))
      throw new ZooError('usage', `budget: ${cost} is ${most}. Give a number, or Infinity for no limit.`);
  let [place, size, isOpening] = ['', 0, true];
  const spent = { bytes: 0, objects: 0, operations: 0 };
  const limit = (cost: Cost) => budget[cost] ?? floor[cost] + size * ofEachByte[cost];
  const tooCostly = (where: string, cost: Cost, amount: number) =>
    new ZooError(
      'too-costly',
      `${where}: takes ${Math.ceil(amount)} ${cost} or more, at most ${Math.floor(limit(cost))} for a file of ${size} bytes. Where it is trusted, open it with the option budget: { ${cost}: ${2 ** Math.ceil(Math.log2(amount))} }.`,
    );
  const meter: Meter = {
    spend(cost, amount) {
      // Memory of a tensor is given back with it.
      if (cost === 'bytes' && !isOpening) spent.bytes = 0;
      spent[cost] += amount;
      if (spent[cost] > limit(cost)) throw tooCostly(place, cost, spent[cost]);
    },
    excess: (bytes, where) => (bytes > limit('bytes') ? tooCostly(where, 'bytes', bytes) : undefined),
  };
  return {
    meter,
    /** The file, or one more beside it. */
    of: (source: NamedBytes): MeteredBytes => {
      place ||= source.name;
      size += source.size;
      return {
        name: source.name,
        size: source.size,
        meter,
        read(offset, length, into) {
          if (isOpening) {
            meter.spend('operations', aRead);
            meter.spend('bytes', length);
          }
          return source.read(offset, length, into);
        },
      };
    },
    /** From now on only tensors are read. */
    opened: () => {
      isOpening = false;
    },
  };
}

/** A file that is read by itself. */
export const metered = (source: NamedBytes, budget?: FileBudget): MeteredBytes => metering(budget).of(source);
