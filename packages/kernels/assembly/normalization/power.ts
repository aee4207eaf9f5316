/** `s^-beta`, without the tables that a power function would bring along as data. */

const ln2: f64 = 0.6931471805599453;

/** `log2(s)` of a positive `s`: its exponent, and `log(m) = 2 artanh((m - 1) / (m + 1))` of what is left, which is near 1. */
function log2(s: f64): f64 {
  const bits = reinterpret<u64>(s);
  let exponent = <i32>(bits >> 52) - 1023;
  let rest = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (rest > 1.4142135623730951) {
    rest *= 0.5;
    exponent++;
  }
  const t = (rest - 1) / (rest + 1);
  const u = t * t;
  let sum: f64 = 0;
  for (let odd = 19; odd > 0; odd -= 2) sum = sum * u + 1 / <f64>odd;
  return <f64>exponent + (2 / ln2) * t * sum;
}

/** `2^z`: a power of two, and `exp` of what is left, which is at most 0.35. */
function exp2(z: f64): f64 {
  const whole = max<f64>(-1022, min<f64>(1023, nearest(z)));
  const t = (z - whole) * ln2;
  let sum: f64 = 1;
  for (let n = 14; n > 0; n--) sum = 1 + (sum * t) / <f64>n;
  return sum * reinterpret<f64>((<i64>whole + 1023) << 52);
}

function one(s: f32, beta: f64): f32 {
  return s >= 0 ? <f32>exp2(-beta * log2(<f64>s)) : NaN;
}

/** The exponents that networks use need roots only. */
// @ts-ignore: decorator
@inline
export function negativePower(s: v128, beta: f64): v128 {
  if (beta == 0.75) {
    const root = f32x4.sqrt(s);
    return f32x4.div(f32x4.splat(1), f32x4.mul(root, f32x4.sqrt(root)));
  }
  if (beta == 0.5) return f32x4.div(f32x4.splat(1), f32x4.sqrt(s));
  if (beta == 1) return f32x4.div(f32x4.splat(1), s);
  return anyPower(s, beta);
}

function anyPower(s: v128, beta: f64): v128 {
  let result = f32x4.splat(one(f32x4.extract_lane(s, 0), beta));
  result = f32x4.replace_lane(result, 1, one(f32x4.extract_lane(s, 1), beta));
  result = f32x4.replace_lane(result, 2, one(f32x4.extract_lane(s, 2), beta));
  return f32x4.replace_lane(result, 3, one(f32x4.extract_lane(s, 3), beta));
}
