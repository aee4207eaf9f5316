/**
 * The sum of all elements, on the calling thread alone: whoever asks for it has other threads at work, reading a file, and a pool
 * that waits for its next job would take their processors. Spans are added in single precision, their sums in double.
 */
import { loadLanes } from '../simd/lanes';
import { spanEnd, spans, spanStart } from './spans';

/** Bytes of a whole span that each of four sums takes. */
const quarter: usize = 1 << 14;

export function sumOfElements(x: usize, count: i32): f32 {
  let sum: f64 = 0;
  for (let span = 0; span < spans(count); span++) sum += sumOfSpan(x + spanStart(span), x + spanEnd(span, count));
  return <f32>sum;
}

/**
 * Elements that were just read from a file are not in this processor's cache yet, and its prefetcher follows one stream a page: four
 * quarters at a time come a fifth faster than one after the other.
 */
function sumOfSpan(from: usize, end: usize): f64 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  if (from + 4 * quarter === end) {
    for (const next = from + quarter; from < next; from += 16) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, quarter));
      c = f32x4.add(c, v128.load(from, 2 * quarter));
      d = f32x4.add(d, v128.load(from, 3 * quarter));
    }
    from = end;
  }
  for (; from + 64 <= end; from += 64) {
    a = f32x4.add(a, v128.load(from));
    b = f32x4.add(b, v128.load(from, 16));
    c = f32x4.add(c, v128.load(from, 32));
    d = f32x4.add(d, v128.load(from, 48));
  }
  for (; from < end; from += 4) a = f32x4.add(a, loadLanes(from, false));
  const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  return (
    <f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}
