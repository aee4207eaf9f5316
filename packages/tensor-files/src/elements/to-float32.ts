import type { Dtype } from '../tensor.ts';

/** Half precision (IEEE 754 binary16) to float. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let halves: Float32Array | undefined;

/** There are only 65,536 half floats: many of them are converted by a table. */
function fromHalves(bits: Uint16Array): Float32Array {
  if (bits.length < 2 ** 16) return Float32Array.from(bits, fromHalf);
  halves ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => fromHalf(half));
  const floats = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at++) floats[at] = halves[bits[at] ?? 0] ?? 0;
  return floats;
}

/** Float8 of four exponent bits (E4M3FN of "FP8 Formats for Deep Learning", 2022): no infinities, one NaN for each sign. */
function fromE4m3(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if ((bits & 0x7f) === 0x7f) return Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -9 : sign * (1 + fraction / 8) * 2 ** (exponent - 7);
}

/** Little-endian elements of any type as 32-bit floats; 64-bit ones are rounded. Bytes that are a whole buffer are not copied. */
export function toFloat32(bytes: Uint8Array, dtype: Dtype): Float32Array {
  // Typed arrays need aligned memory, and a part of a file promises none.
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  const buffer = whole ? bytes.buffer : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'F16':
      return fromHalves(new Uint16Array(buffer));
    case 'BF16': {
      // The upper half of a float.
      const words = Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16);
      return new Float32Array(words.buffer);
    }
    case 'F8_E4M3':
      return Float32Array.from(new Uint8Array(buffer), fromE4m3);
    case 'F8_E5M2':
      // The upper half of a half.
      return Float32Array.from(new Uint8Array(buffer), (bits) => fromHalf(bits << 8));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer));
    case 'I16':
      return Float32Array.from(new Int16Array(buffer));
    case 'I8':
      return Float32Array.from(new Int8Array(buffer));
    case 'U64':
      return Float32Array.from(new BigUint64Array(buffer), Number);
    case 'U32':
      return Float32Array.from(new Uint32Array(buffer));
    case 'U16':
      return Float32Array.from(new Uint16Array(buffer));
    case 'U8':
    case 'BOOL':
      return Float32Array.from(new Uint8Array(buffer));
  }
}
