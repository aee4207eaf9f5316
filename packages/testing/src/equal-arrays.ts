import { expect } from 'vitest';

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const isTypedArray = (value: unknown): value is NodeJS.TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/**
 * Lets `toEqual` see at once that arrays of numbers hold the same bytes: it compares them element by element, which takes half a
 * second for 300,000. Where bytes differ, it says what it always does.
 */
expect.addEqualityTesters([
  (one: unknown, other: unknown) =>
    isTypedArray(one) &&
    isTypedArray(other) &&
    one.constructor === other.constructor &&
    one.byteLength === other.byteLength &&
    Buffer.compare(bytesOf(one), bytesOf(other)) === 0
      ? true
      : undefined,
]);
