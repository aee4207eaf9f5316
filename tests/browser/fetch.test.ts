import { fetchFile } from '@zoo/fetch';
import { beforeEach, describe, expect, inject, it } from 'vitest';

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

  it('may have a relative address', async () => {
    const file = await fetchFile('/package.json', { cache: false });
    expect(file.name).toBe(`${location.origin}/package.json`);
    expect(JSON.parse(new TextDecoder().decode(await file.read(0, file.size)))).toHaveProperty('workspaces');
    await expect(fetchFile('data:,1')).rejects.toThrow('not an address of the web, expected http');
  });
});
