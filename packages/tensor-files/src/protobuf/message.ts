/**
 * As much of protobuf's wire format as an ONNX file takes (protobuf.dev/programming-guides/encoding): a message is a list of
 * fields, each a key (number · 8 + kind) and a value.
 */

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** A whole number from 0, seven bits a byte, the lowest first. */
export function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${value} is no whole number from 0`);
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}

/** A field's key and length, for content that follows. */
export const lead = (field: number, length: number): Uint8Array =>
  concatenated([varint(field * 8 + 2), varint(length)]);

export const integer = (field: number, value: number): Uint8Array => concatenated([varint(field * 8), varint(value)]);

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatenated([varint(field * 8 + 5), bytes]);
}

/** Bytes, a text, or a message inside a message. */
export function content(field: number, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const bytes = concatenated(parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part)));
  return concatenated([lead(field, bytes.length), bytes]);
}
