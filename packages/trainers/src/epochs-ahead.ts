type Values<T> = AsyncGenerator<T, void, undefined>;

/** Epochs whose first values may be under way before they are asked for. */
export interface EpochsAhead<T> {
  /** Begins an epoch, so that its first values are made while those of the one before are used. */
  begin(epoch: number): void;
  /** The values of an epoch from a step on, those that were begun among them. */
  from(epoch: number, start: number): Values<T>;
  /** Gives up what was begun and not asked for. */
  end(): void;
}

/** @param make The values of an epoch from a step on, such as `batches` gives. */
export function epochsAhead<T>(make: (epoch: number, start: number) => Values<T>): EpochsAhead<T> {
  let begun: { epoch: number; first: Promise<IteratorResult<T, void>>; values: Values<T> } | undefined;

  function end(): void {
    // What goes wrong with values that nobody needs is nobody's concern.
    begun?.values.return().catch(() => {});
    begun = undefined;
  }

  async function* goOn({ first, values }: NonNullable<typeof begun>): Values<T> {
    try {
      const { value, done } = await first;
      if (done) return;
      yield value;
      yield* values;
    } finally {
      await values.return();
    }
  }

  return {
    begin(epoch) {
      if (begun?.epoch === epoch) return;
      end();
      const values = make(epoch, 0);
      const first = values.next();
      // Whoever asks for the value gets its error. If nobody does, it must not end the process as an unhandled rejection.
      first.catch(() => {});
      begun = { epoch, first, values };
    },
    from(epoch, start) {
      if (begun?.epoch !== epoch || start !== 0) {
        end();
        return make(epoch, start);
      }
      const given = begun;
      begun = undefined;
      return goOn(given);
    },
    end,
  };
}
