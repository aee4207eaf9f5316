import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { isOfClass } from './is-of-class.ts';

describe('isOfClass', () => {
  it('knows classes of other realms', () => {
    const bytes: unknown = runInContext('new Uint8Array(3)', createContext());
    expect(bytes instanceof Uint8Array).toBe(false);
    expect(isOfClass(bytes, 'Uint8Array')).toBe(true);
    expect(isOfClass(bytes, 'ArrayBuffer')).toBe(false);
  });

  it('tells classes apart', () => {
    expect(isOfClass(Buffer.of(1), 'Uint8Array')).toBe(true);
    expect(isOfClass(new URL('https://example.com'), 'URL')).toBe(true);
    expect(isOfClass(new Response(), 'Response')).toBe(true);
    expect(isOfClass(new File([], 'a'), 'File')).toBe(true);
    expect(isOfClass(new File([], 'a'), 'Blob')).toBe(false);
    for (const value of [null, undefined, 'Blob', {}]) expect(isOfClass(value, 'Blob')).toBe(false);
  });
});
