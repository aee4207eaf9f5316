import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Progress } from '@zoo/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../testing/serve.ts';
import { cachedInBrowser } from './cached-in-browser.ts';
import { cachedOnDisk } from './cached-on-disk.ts';
import { openBytes } from './open-bytes.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 3);
const sha256 = createHash('sha256').update(content).digest('hex');
const sha1 = createHash('sha1').update(content).digest('hex');
const patience = { silence: 2000, attempts: 3, pause: 1 };

let cache = '';
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'zoo-sources-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const whole = async (source: { size: number; read(offset: number, length: number): Promise<Uint8Array> }) =>
  Buffer.from(await source.read(0, source.size)).equals(content);

const first = ({ headers }: IncomingMessage): number => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

/** Answers as a good server does, but ends the connection after so many bytes of each answer. */
const breaking =
  (after: number, asked: string[], etag = '"v1"') =>
  (request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.headers.range ?? 'all'} ${request.headers['if-range'] ?? '-'}`);
    const goesOn = request.headers.range !== undefined && request.headers['if-range'] === etag;
    const start = goesOn ? first(request) : 0;
    const rest = content.subarray(start);
    response.writeHead(goesOn ? 206 : 200, {
      'content-length': rest.length,
      etag,
      ...(goesOn && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    if (rest.length <= after) response.end(rest);
    else response.write(rest.subarray(0, after), () => setTimeout(() => response.destroy(), 20));
  };

describe('a file of the web', () => {
  it('is fetched once, with progress, and then needs no network', async () => {
    let requests = 0;
    const url = `${await serve((_, response) => {
      requests += 1;
      response.writeHead(200, { 'content-length': content.length }).end(content);
    })}net%20work.pth`;
    const seen: Progress[] = [];
    const source = await openBytes(url, { cache, sha256, sha1, onProgress: (progress) => seen.push(progress) });
    expect(await whole(source)).toBe(true);
    expect(source.sha256).toBe(sha256);
    await source.close();
    expect(seen.at(-1)).toEqual({ task: 'download net work.pth', done: 300_000, total: 300_000, unit: 'bytes' });
    const again = await openBytes(new URL(url), { cache, sha256: sha256.toUpperCase() });
    expect(await whole(again)).toBe(true);
    expect(again.sha256).toBe(sha256);
    await again.close();
    expect(requests).toBe(1);
    expect((await readdir(cache)).length).toBe(2);
  });

  it('goes on where the connection broke off', async () => {
    const asked: string[] = [];
    const url = new URL('a.bin', await serve(breaking(120_000, asked)));
    const source = await cachedOnDisk(url, { cache, sha256, patience });
    expect(await whole(source)).toBe(true);
    await source.close();
    expect(asked[0]).toBe('all -');
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.slice(1).every((line) => /^bytes=\d+- "v1"$/.test(line))).toBe(true);
  });

  it('begins anew when the file has changed meanwhile', async () => {
    const old = content.map((byte) => byte ^ 0xff);
    let requests = 0;
    const base = await serve((request, response) => {
      requests += 1;
      if (requests > 1) return breaking(1e9, [], '"v2"')(request, response);
      response.writeHead(200, { 'content-length': old.length, etag: '"v1"' });
      response.write(old.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
    });
    const source = await cachedOnDisk(new URL('a.bin', base), { cache, sha256, patience });
    expect(await whole(source)).toBe(true);
    await source.close();
    expect(requests).toBe(2);
  });

  it('is refused, named and not kept when it was tampered with', async () => {
    const other = content.slice();
    other[1000] = (other[1000] ?? 0) ^ 1;
    const url = `${await serve((_, response) => response.writeHead(200).end(other))}a.bin`;
    await expect(openBytes(url, { cache, sha256 })).rejects.toThrow(
      new RegExp(`a\\.bin: refused, the 300000 bytes that came have the sha256 [0-9a-f]{64}, expected ${sha256}`),
    );
    await expect(openBytes(url, { cache, sha1 })).rejects.toThrow(/have the sha1 [0-9a-f]{40}, expected/);
    expect(await readdir(cache)).toEqual([]);
  });

  it('is refused when it was kept as another file than is expected now', async () => {
    const url = `${await serve((_, response) => response.end(content))}a.bin`;
    await (await openBytes(url, { cache })).close();
    await expect(openBytes(url, { cache, sha256: '0'.repeat(64) })).rejects.toThrow(
      /a\.bin: refused, .*expected 0{64}/,
    );
  });

  it('is fetched again when what was kept is cut short', async () => {
    let requests = 0;
    const url = `${await serve((_, response) => {
      requests += 1;
      response.end(content);
    })}a.bin`;
    await (await openBytes(url, { cache })).close();
    const [kept = ''] = (await readdir(cache)).filter((name) => name.endsWith('.bin'));
    await writeFile(path.join(cache, kept), (await readFile(path.join(cache, kept))).subarray(0, 10));
    const source = await openBytes(url, { cache });
    expect(await whole(source)).toBe(true);
    await source.close();
    expect(requests).toBe(2);
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    [
      'is not there',
      (_, response) => response.writeHead(404).end(),
      /a\.bin: answered 404 Not Found\. Check the address/,
    ],
    [
      'never comes whole',
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 20));
      },
      /a\.bin: cannot be fetched, .* of 300000 bytes\. Check the address and the connection/,
    ],
    [
      'stops coming',
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 50_000));
      },
      /a\.bin: cannot be fetched, nothing came for 0\.2 s after 50000 of 300000 bytes/,
    ],
    [
      'comes from a server that is down for long',
      (_, response) => response.writeHead(503).end(),
      /a\.bin: cannot be fetched, answered 503 Service Unavailable/,
    ],
    [
      'goes on in another place than was asked for',
      (request, response) => {
        if (request.headers.range === undefined) return breaking(50_000, [])(request, response);
        response
          .writeHead(206, { 'content-range': 'bytes 0-249999/300000', etag: '"v1"' })
          .end(content.subarray(50_000));
      },
      /a\.bin: was asked for bytes \d+ to 299999 of 300000, and answered 'bytes 0-249999\/300000'/,
    ],
    [
      'is said to be of another length half-way',
      (request, response) => {
        if (request.headers.range === undefined) return breaking(50_000, [])(request, response);
        response.writeHead(206, { 'content-range': `bytes ${first(request)}-399999/400000` }).end();
      },
      /a\.bin: was asked for bytes \d+ to 299999 of 300000, and answered 'bytes \d+-399999\/400000'/,
    ],
  ])('is refused and not kept when it %s', async (_, listener, message) => {
    const url = new URL('a.bin', await serve(listener));
    const impatience = { ...patience, silence: 200 };
    await expect(cachedOnDisk(url, { cache, patience: impatience })).rejects.toThrow(message);
    expect(await readdir(cache)).toEqual([]);
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const base = await serve((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000), () => controller.abort());
    });
    const stopped = cachedOnDisk(new URL('a.bin', base), { cache, signal: controller.signal });
    await expect(stopped).rejects.toThrow(/a\.bin: the download was stopped after \d+ bytes/);
    expect(await readdir(cache)).toEqual([]);
  });

  it('can be used without being kept', async () => {
    const url = `${await serve((_, response) => response.end(content))}a.bin`;
    const source = await openBytes(url, { cache: false });
    expect(await whole(source)).toBe(true);
    await source.close();
  });

  it('says in one line when there is nobody', async () => {
    // A port that was free a moment ago.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (address === null || typeof address === 'string') throw new Error('the server had no port');
    const url = new URL(`http://127.0.0.1:${address.port}/a.bin`);
    const began = performance.now();
    await expect(cachedOnDisk(url, { cache })).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:\d+\/a\.bin: cannot be fetched, connection refused\. Check the address and the connection\.$/,
    );
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('a file of the web in a browser', () => {
  it('is kept in Cache Storage, and checked there too', async () => {
    const kept = new Map<string, Response>();
    vi.stubGlobal('caches', {
      open: async () => ({
        match: async (address: string) => kept.get(address)?.clone(),
        put: async (address: string, response: Response) => void kept.set(address, response),
      }),
    });
    let requests = 0;
    const url = new URL(
      'a.bin',
      await serve((request, response) => {
        requests += 1;
        breaking(200_000, [])(request, response);
      }),
    );
    await expect(cachedInBrowser(url, { sha1: '0'.repeat(40), patience })).rejects.toThrow(/expected 0{40}/);
    expect(kept.size).toBe(0);
    requests = 0;
    expect(await whole(await cachedInBrowser(url, { sha256, patience }))).toBe(true);
    const fetched = requests;
    expect(await whole(await cachedInBrowser(url, { sha256, patience }))).toBe(true);
    expect(requests).toBe(fetched);
    await expect(cachedInBrowser(url, { sha256: '0'.repeat(64) })).rejects.toThrow(/expected 0{64}/);
    vi.unstubAllGlobals();
  });
});

describe('a file of the disk', () => {
  it('is named when it is a folder or is not there', async () => {
    await expect(openBytes(cache)).rejects.toThrow(/is a folder, expected a file/);
    await expect(openBytes(path.join(cache, 'none'))).rejects.toThrow(/none: cannot be opened .*ENOENT/);
  });
});
