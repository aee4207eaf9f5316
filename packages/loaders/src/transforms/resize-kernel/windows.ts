/** For each output place: where its window begins, how many pixels have weight in it, and their weights, with room for `size` a place. */
export interface Windows {
  starts: Int32Array;
  counts: Int32Array;
  weights: Float32Array;
  size: number;
}

/** Places of a scaled image, along one side: `count` of `to`, from `first` on. */
export interface Range {
  to: number;
  first: number;
  count: number;
}

/**
 * Windows of a triangle filter whose width grows with the scale, so that every input pixel counts when shrinking:
 * output `i` is centred on `s·(i + ½)`, weighs `max(0, 1 − |j + ½ − s·(i + ½)| / max(s, 1))`, sums to 1; `s = in / out`.
 */
function windowsOf(from: number, { to, first, count }: Range): Windows {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const size = Math.min(from, Math.ceil(support) * 2 + 1);
  const starts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const centre = scale * (first + i + 0.5);
    const weight = (j: number) => Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
    let start = Math.max(0, Math.trunc(centre - support + 0.5));
    let end = Math.min(from, Math.trunc(centre + support + 0.5));
    // Rounding leaves pixels at the ends without weight, two of five for a photo of 500 pixels that comes down to 341.
    while (weight(start) === 0) start++;
    while (weight(end - 1) === 0) end--;
    let sum = 0;
    for (let j = start; j < end; j++) sum += weight(j);
    starts[i] = start;
    counts[i] = end - start;
    for (let j = start; j < end; j++) weights[i * size + j - start] = weight(j) / sum;
  }
  return { starts, counts, weights, size };
}

/** Sides of usual photos; a wider one is cheap beside its pixels. */
const maxKept = 4096;
const keptPairs = 16;
/** Windows of whole sides, by `FROM TO`: the pictures of a data set often have the same few sizes. */
const kept = new Map<string, Windows>();

function wholeSide(from: number, to: number): Windows {
  const key = `${from} ${to}`;
  const found = kept.get(key);
  if (found) return found;
  const made = windowsOf(from, { to, first: 0, count: to });
  if (kept.size >= keptPairs) kept.clear();
  kept.set(key, made);
  return made;
}

/** The windows of some places of a scaled side. */
export function windows(from: number, range: Range): Windows {
  const { to, first, count } = range;
  if (from > maxKept || to > maxKept) return windowsOf(from, range);
  const { starts, counts, weights, size } = wholeSide(from, to);
  const end = first + count;
  return {
    starts: starts.subarray(first, end),
    counts: counts.subarray(first, end),
    weights: weights.subarray(first * size, end * size),
    size,
  };
}

/** The same windows in the order from right to left: what they scale is mirrored. */
export function mirrored({ starts, counts, weights, size }: Windows): Windows {
  const turned = new Float32Array(weights.length);
  for (let i = 0, from = weights.length - size; i < weights.length; i += size, from -= size)
    for (let j = 0; j < size; j++) turned[i + j] = weights[from + j] ?? 0;
  return { starts: starts.toReversed(), counts: counts.toReversed(), weights: turned, size };
}
