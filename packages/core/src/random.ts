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

/** A state of sfc32: three words that are mixed, and a counter that sees to it that no cycle is shorter than 2^32 numbers. */
interface State {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** The next 32 bits, signed. */
function advance(state: State): number {
  const { a, b, c, counter } = state;
  const sum = (a + b + counter) | 0;
  state.a = b ^ (b >>> 9);
  state.b = (c + (c << 3)) | 0;
  state.c = (((c << 21) | (c >>> 11)) + sum) | 0;
  state.counter = (counter + 1) | 0;
  return sum;
}

/**
 * The state of a stream: each number, 64 bits of it, is added to the words and mixed in by 12 rounds, as PractRand seeds.
 * The counter stands at the same place in all of them, so that no two streams meet within 2^32 numbers.
 */
function stateOf(numbers: readonly number[]): State {
  const state: State = { a: 0, b: 0, c: 0, counter: 1 };
  for (const number of numbers) {
    state.b ^= number | 0;
    state.c ^= Math.floor(number / 2 ** 32) | 0;
    state.counter = 1;
    for (let round = 0; round < 12; round++) advance(state);
  }
  return state;
}

/** One seed, a whole number of 53 bits, out of several numbers. */
export function deriveSeed(seed: number, ...stream: readonly number[]): number {
  const state = stateOf([seed, ...stream]);
  return (advance(state) >>> 0) * 2 ** 21 + (advance(state) >>> 11);
}

const nextUniform = (state: State): number => (advance(state) >>> 0) / 2 ** 32;

/** Radius and angle of two normal numbers, drawn in this order (Box and Muller 1958). */
const nextRadius = (state: State): number => Math.sqrt(-2 * Math.log(1 - nextUniform(state)));
const nextAngle = (state: State): number => 2 * Math.PI * nextUniform(state);

/** Fills with `scale * (2 * uniform() - 1)` of `random(seed)`, faster: the state stays in registers. */
export function fillUniform(values: Float32Array, scale: number, seed: number): void {
  const state = stateOf([seed]);
  for (let i = 0; i < values.length; i++) values[i] = scale * (2 * nextUniform(state) - 1);
}

/** Fills with `scale * normal()` of `random(seed)`, faster: in pairs, and the state stays in registers. */
export function fillNormal(values: Float32Array, scale: number, seed: number): void {
  const state = stateOf([seed]);
  for (let i = 0; i < values.length; i += 2) {
    const radius = nextRadius(state);
    const angle = nextAngle(state);
    values[i] = scale * (radius * Math.cos(angle));
    // Behind the last one of an odd number this writes nothing.
    values[i + 1] = scale * (radius * Math.sin(angle));
  }
}

/** A generator for `seed`, or for one of its streams: sfc32, with 128 bits of state (Doty-Humphrey, PractRand 0.93). */
export function random(seed: number, ...stream: readonly number[]): Random {
  const state = stateOf([seed, ...stream]);
  let spare: number | undefined;
  const uniform = () => nextUniform(state);
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
      const radius = nextRadius(state);
      const angle = nextAngle(state);
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
