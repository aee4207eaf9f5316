import { elements, ZooError } from '@zoo/core';

/**
 * An idx file of bytes (LeCun's format for MNIST): two zero bytes, 8 for unsigned byte, the number of dimensions,
 * each dimension as a big-endian 32-bit integer, then the values.
 */
export function readIdx(name: string, file: Uint8Array): { shape: number[]; values: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = file.length < 4 ? -1 : view.getUint32(0);
  const dimensions = magic & 0xff;
  if (magic >>> 8 !== 8 || dimensions < 1 || dimensions > 3) {
    const found = magic < 0 ? `${file.length} bytes` : `magic number 0x${magic.toString(16).padStart(8, '0')}`;
    throw new ZooError(
      'corrupt-file',
      `${name}: not an idx file of bytes, ${found}, expected 0x00000801 to 0x00000803.`,
    );
  }
  const start = 4 + 4 * dimensions;
  const shape = file.length < start ? [] : Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = start + elements(shape);
  if (file.length !== expected) {
    const what = `${file.length} bytes, expected ${expected} for ${shape.join('x')}`;
    throw new ZooError('corrupt-file', `${name}: ${what}; fetch it again.`);
  }
  return { shape, values: file.subarray(start) };
}
