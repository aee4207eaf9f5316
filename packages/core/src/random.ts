/**
 * A seeded generator: the same seed and stream give the same numbers on every machine.
 * Deriving a stream (`random(seed, epoch, index)`) instead of carrying state along is what lets training resume exactly.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** A random order of 0 .. length-1 (Fisher and Yates). */
  permutation(length: number): Uint32Array;
}

/** Mixes one more number into a hash (the finaliser of MurmurHash3). */
const mix = (hash: number, value: number): number => {
  let h = Math.imul(hash ^ (value | 0), 0x85ebca6b) + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** One 32-bit seed out of several numbers. */
export const deriveSeed = (seed: number, ...stream: readonly number[]): number => stream.reduce(mix, mix(0, seed));

/** A generator for `seed`, or for one of its streams (mulberry32). */
export function random(seed: number, ...stream: readonly number[]): Random {
  let state = deriveSeed(seed, ...stream);
  let spare: number | undefined;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (bound: number) => Math.floor(uniform() * bound);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(length) {
      const order = Uint32Array.from({ length }, (_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = order[i] ?? 0;
        order[i] = order[j] ?? 0;
        order[j] = kept;
      }
      return order;
    },
  };
}
