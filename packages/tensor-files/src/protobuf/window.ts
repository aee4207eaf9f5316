import type { MeteredBytes } from '../meter.ts';

const windowSize = 1 << 14;

/** A piece of a file that has been read. */
export interface Window {
  from: number;
  bytes: Uint8Array;
}

/** Of each file the last one. Messages lie in messages: all of them read on in the same window. */
const windows = new WeakMap<MeteredBytes, Window>();
export const nothing: Window = { from: 0, bytes: new Uint8Array() };

/** Whether a window has `length` bytes from a place on, or what the file has of them. */
export const has = ({ from, bytes }: Window, at: number, length: number, size: number): boolean =>
  at >= from && Math.min(at + length, size) <= from + bytes.length;

/** The window that has so many bytes, where it has been read. */
export function windowHere(source: MeteredBytes, at: number, length: number): Window | undefined {
  const window = windows.get(source) ?? nothing;
  return has(window, at, length, source.size) ? window : undefined;
}

/** A window that has so many bytes, fewer than one holds. */
export async function windowAt(source: MeteredBytes, at: number, length: number): Promise<Window> {
  const here = windowHere(source, at, length);
  if (here) return here;
  const window = { from: at, bytes: await source.read(at, Math.min(windowSize, source.size - at)) };
  windows.set(source, window);
  return window;
}

/** A few bytes, mostly of a window that has been read, and then at once. They are looked at and not kept. */
export function readFew(source: MeteredBytes, start: number, end: number): Uint8Array | Promise<Uint8Array> {
  const window = windowHere(source, start, end - start);
  if (window) return window.bytes.subarray(start - window.from, end - window.from);
  if (end - start > windowSize) return source.read(start, end - start);
  return windowAt(source, start, end - start).then(({ bytes }) => bytes.subarray(0, end - start));
}

/** What becomes of a few bytes, at once where they have been read. */
export function ofFew<T>(
  source: MeteredBytes,
  { start, end }: { start: number; end: number },
  become: (bytes: Uint8Array) => T,
): T | Promise<T> {
  const bytes = readFew(source, start, end);
  return bytes instanceof Promise ? bytes.then(become) : become(bytes);
}
