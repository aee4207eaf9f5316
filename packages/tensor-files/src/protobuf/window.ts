import type { MeteredBytes } from '../meter.ts';

const windowSize = 1 << 14;

/** A piece of a file that has been read. */
export interface Window {
  from: number;
  bytes: Uint8Array;
}

/** Of each file the last one. Messages lie in messages: all of them read on in the same window. */
const windows = new WeakMap<MeteredBytes, Window>();
const nothing: Window = { from: 0, bytes: new Uint8Array() };

/** Whether a window has `length` bytes from a place on, or what the file has of them. */
const has = ({ from, bytes }: Window, at: number, length: number, size: number): boolean =>
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

/** A few bytes, mostly of a window that has been read. They are looked at and not kept. */
export async function readFew(source: MeteredBytes, start: number, end: number): Promise<Uint8Array> {
  if (end - start > windowSize) return source.read(start, end - start);
  const { from, bytes } = await windowAt(source, start, end - start);
  return bytes.subarray(start - from, end - from);
}
