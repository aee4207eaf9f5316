import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchBinary } from './fetch-binary.ts';

const file = 'tfjs-backend-wasm-simd.wasm';
const address = 'https://example.org/wasm/tfjs-backend-wasm-simd.wasm';
const binary = await readFile(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${file}`));

const answering = (body: BodyInit, init?: ResponseInit) => vi.stubGlobal('fetch', async () => new Response(body, init));

afterEach(() => vi.unstubAllGlobals());

describe('fetchBinary', () => {
  it('gives back the file', async () => {
    answering(new Uint8Array(binary));
    expect((await fetchBinary(file, address)).byteLength).toBe(binary.byteLength);
  });

  it.each([
    [
      '<!DOCTYPE html><html></html>',
      200,
      /: the server responds with an HTML page, as development servers do for a missing file/,
    ],
    ['Not here', 404, /: the server answers 404\. Serve tfjs-backend-wasm-simd\.wasm.*option wasmPaths\.$/],
    ['version https://git-lfs', 200, /: the answer is no WebAssembly\./],
    ['', 200, /: the answer is empty\./],
  ])('says what it finds in its place: %j, %i', async (body, status, message) => {
    answering(body, { status });
    const error = fetchBinary(file, address);
    await expect(error).rejects.toThrow(message);
    await expect(error).rejects.toThrow(`wasm: ${address}: `);
    await expect(error).rejects.toMatchObject({ name: 'ZooError', code: 'backend' });
  });

  it('says why it cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(fetchBinary(file, address)).rejects.toThrow(/: it cannot be fetched, Failed to fetch\. Serve /);
  });

  it('says that a browser is too old', async () => {
    answering(new Uint8Array(binary));
    vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(false);
    await expect(fetchBinary(file, address)).rejects.toThrow(/WebAssembly SIMD\)\. Use a browser of 2021 or later/);
  });
});
