import { fetchFile } from '@zoo/fetch';
import { beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';

// In a page, from a server of another origin that allows no more than plain requests.

const server = inject('fileServer');
const cache = 'zoo-test';
const retries = { attempts: 3, pause: 10 };
let address = '';
beforeEach(async () => {
  await caches.delete(cache);
  address = `${server}${crypto.randomUUID()}/weights.pth`;
});

interface Told {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  breakAfter?: number;
  packed?: boolean;
}
const tell = (told: Told) => fetch(address, { method: 'POST', body: JSON.stringify(told) });
const asked = async (): Promise<{ method: string; headers: Record<string, string> }[]> =>
  (await fetch(`${address}?log`)).json();

/** Reads the file, and keeps it. */
async function fetched(options: Parameters<typeof fetchFile>[1] = {}): Promise<string> {
  const file = await fetchFile(address, { cache, retries, ...options });
  const text = new TextDecoder().decode(await file.read(0, file.size));
  await file.keep();
  await file.close();
  return text;
}

const sha256 = async (text: string) =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

describe('a file of the web in a page', () => {
  it('is kept in Cache Storage, and with its hash then needs no network', async () => {
    await tell({ body: 'weights', headers: { 'content-type': 'application/octet-stream' } });
    const hash = await sha256('weights');
    expect(await fetched({ sha256: hash })).toBe('weights');
    await tell({ status: 0 });
    const file = await fetchFile(address, { cache, sha256: hash });
    expect(file).toMatchObject({ name: address, size: 7, sha256: hash, type: 'application/octet-stream' });
    const part = new Uint8Array(3);
    expect(await file.read(2, 3, part)).toBe(part);
    expect(new TextDecoder().decode(part)).toBe('igh');
    expect(await asked()).toHaveLength(1);
    await expect(fetched({ sha256: '0'.repeat(64) })).rejects.toThrow(/cannot be fetched/);
    await tell({ body: 'others' });
    await expect(fetched({ sha256: '0'.repeat(64) })).rejects.toThrow(
      /refused, the 6 bytes that came have the sha256 [0-9a-f]{64}, expected 0{64}/,
    );
  });

  it('is not kept unless it was opened: a page in place of weights is seen once', async () => {
    await tell({ body: '<html>Please log in</html>', headers: { 'content-type': 'text/html' } });
    const page = await fetchFile(address, { cache });
    expect(page.type).toBe('text/html');
    await page.close();
    expect(await (await caches.open(cache)).keys()).toEqual([]);
    await tell({ body: 'weights' });
    expect(await fetched()).toBe('weights');
  });

  it('is asked for again, and seen when it is trained anew', async () => {
    await tell({ body: 'first', headers: { etag: '"one"' } });
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }) => void seen.push(done);
    expect(await fetched({ onProgress })).toBe('first');
    expect(seen.at(-1)).toBe(5);
    seen.length = 0;
    expect(await fetched({ onProgress })).toBe('first');
    expect(seen).toEqual([]);
    await tell({ body: 'second', headers: { etag: '"two"' } });
    expect(await fetched()).toBe('second');
    expect(await fetched()).toBe('second');
    expect((await asked()).map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
  });

  it('is not asked for while its server says that it holds', async () => {
    await tell({ body: 'weights', headers: { 'cache-control': 'max-age=600' } });
    await fetched();
    await fetched();
    expect(await asked()).toHaveLength(1);
    await tell({ body: 'secret', headers: { 'cache-control': 'no-store' } });
    address += '?secret';
    await fetched({ cache: 'zoo-test-secret' });
    expect(await (await caches.open('zoo-test-secret')).keys()).toEqual([]);
    await caches.delete('zoo-test-secret');
  });

  it('is used without the network, with a notice', async () => {
    await tell({ body: 'weights' });
    await fetched();
    await tell({ status: 0 });
    const notices: string[] = [];
    expect(await fetched({ onNotice: (line) => void notices.push(line) })).toBe('weights');
    expect(notices).toEqual([
      expect.stringMatching(/weights\.pth: cannot be fetched, .* The file kept from before is used\.$/),
    ]);
  });

  it('goes on where the connection broke off', async () => {
    const body = 'weights '.repeat(50_000);
    await tell({ body, breakAfter: 150_000, headers: { etag: '"one"' } });
    expect(await fetched({ sha256: await sha256(body) })).toBe(body);
    const ranges = (await asked()).map(({ headers }) => headers.range);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1)).toEqual(ranges.slice(1).map(() => expect.stringMatching(/^bytes=\d+-$/)));
    expect(ranges.length).toBeGreaterThan(1);
  });

  // The page does not see that it is packed: the server is of another origin.
  it('may be packed on the way, and be longer or shorter so', async () => {
    for (const body of ['weights '.repeat(50_000), 'weights', '']) {
      const headers = { etag: JSON.stringify(`of ${body.length}`) };
      await tell({ body, packed: true, headers });
      expect(await fetched({ sha256: await sha256(body), maxBytes: 400_000 })).toBe(body);
      const seen: number[] = [];
      expect(await fetched({ onProgress: ({ done }) => void seen.push(done) })).toBe(body);
      expect(seen).toEqual([]);
    }
    await tell({ body: 'weights '.repeat(60_000), packed: true });
    await expect(fetched({ maxBytes: 400_000 })).rejects.toThrow(/sent more than the 400000 bytes that are taken/);
  });

  it('goes on where the connection broke off when it is packed', async () => {
    const body = Array.from({ length: 60_000 }, (_, i) => ((i * 7919) % 10_007).toString(36)).join(' ');
    await tell({ body, breakAfter: 50_000, packed: true, headers: { etag: '"one"' } });
    expect(await fetched({ sha256: await sha256(body) })).toBe(body);
    expect((await asked()).length).toBeGreaterThan(1);
  });

  it.each([{ 'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT' }, { etag: '"one"' }])(
    'is seen when it has another length, though %o stayed as it was',
    async (headers) => {
      await tell({ body: 'first', headers });
      expect(await fetched()).toBe('first');
      await tell({ body: 'better', headers });
      expect(await fetched()).toBe('better');
    },
  );

  it.each<[string, () => void]>([
    [
      'may not be asked for, as in a sandboxed frame',
      () => {
        const get = () => {
          throw new DOMException('Access is denied', 'SecurityError');
        };
        vi.spyOn(globalThis, 'caches', 'get').mockImplementation(get);
      },
    ],
    ['may not be opened', () => void vi.spyOn(CacheStorage.prototype, 'open').mockRejectedValue(new Error('denied'))],
    ['cannot be searched', () => void vi.spyOn(Cache.prototype, 'match').mockRejectedValue(new Error('denied'))],
    [
      'has a body that cannot be read',
      () =>
        void vi
          .spyOn(Response.prototype, 'blob')
          .mockRejectedValue(new DOMException('not readable', 'NotReadableError')),
    ],
  ])('is fetched anew, with a notice, where Cache Storage %s', async (_, breakIt) => {
    await tell({ body: 'weights', headers: { 'cache-control': 'max-age=600' } });
    await fetched();
    onTestFinished(() => void vi.restoreAllMocks());
    breakIt();
    const notices: string[] = [];
    expect(await fetched({ onNotice: (line) => void notices.push(line) })).toBe('weights');
    expect(notices).toEqual([
      expect.stringMatching(/can(not)? be (kept|read).*, (denied|not readable|Access is denied)\.$/),
    ]);
  });

  it('says that its server may not allow other origins, and does not ask five times', async () => {
    await tell({ body: 'weights', headers: { 'access-control-allow-origin': 'https://example.com' } });
    await expect(fetchFile(address, { cache: false })).rejects.toThrow(
      /cannot be fetched, no answer came: there is no connection, or the server does not allow other origins \(CORS/,
    );
    expect(await asked()).toHaveLength(2);
  });

  it('may have a relative address', async () => {
    const file = await fetchFile('/package.json', { cache: false });
    expect(file.name).toBe(`${location.origin}/package.json`);
    expect(JSON.parse(new TextDecoder().decode(await file.read(0, file.size)))).toHaveProperty('workspaces');
    await expect(fetchFile('data:,1')).rejects.toThrow('not an address of the web, expected http');
  });
});
