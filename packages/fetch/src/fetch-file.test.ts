import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Progress } from '@zoo/core';
import { serve } from '@zoo/testing/serve';
import { beforeEach, describe, expect, it } from 'vitest';
import { cachedFile } from './cached-file.ts';
import { fetchFile } from './fetch-file.ts';
import type { FetchedFile, FetchFileOptions } from './fetch-options.ts';
import { breakOff } from './testing/break-off.ts';
import { npmUser, temporaryFolder } from './testing/npm-user.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) >> 3);
const hashOf = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
const sha256 = hashOf('sha256', content);
const sha1 = hashOf('sha1', content);
const retries = { attempts: 3, pause: 1 };

let cache = '';
let notices: string[] = [];
const onNotice = (line: string) => void notices.push(line);
beforeEach(async () => {
  cache = await temporaryFolder();
  notices = [];
  await npmUser('');
});

it('names the way out where the cache cannot be written', async () => {
  const url = await serve((_, response) => void response.end('content'));
  await writeFile(path.join(cache, 'file'), '');
  const inFile = path.join(cache, 'file', 'cache');
  await expect(fetchFile(url, { cache: inFile })).rejects.toThrow(
    `${path.join(inFile, 'web')}: cannot be written, a part of the path is a file, not a folder: choose another cache folder with the environment variable ZOO_CACHE (ENOTDIR).`,
  );
});

const kept = async () => (await readdir(path.join(cache, 'web')).catch(() => [])).sort();

/** Reads a file to its end, keeps it if told to, and closes it. */
async function used(file: FetchedFile, keep = false): Promise<Buffer> {
  const bytes = await file.read(0, file.size);
  if (keep) await file.keep();
  await file.close();
  return Buffer.from(bytes);
}

/** Bytes that the client has of the file under way. */
let arrived = 0;
const onProgress = ({ done }: Progress) => {
  arrived = done;
};

const fetched = async (url: string | URL, options: FetchFileOptions = {}) =>
  used(await fetchFile(url, { cache, onNotice, onProgress, retries, ...options }), true);

it('is known to be cached, without its server', async () => {
  const url = await serve((_, response) => void response.end(content));
  expect(await cachedFile(url, { cache })).toBeUndefined();
  await fetched(url);
  expect(await cachedFile(url, { cache })).toEqual({ bytes: content.length });
  expect(await cachedFile(url, { cache, sha256 })).toEqual({ bytes: content.length });
  expect(await cachedFile(url, { cache, sha256: '0'.repeat(64) })).toBeUndefined();
  expect(await cachedFile(url, { cache: false })).toBeUndefined();
  await expect(cachedFile('model.pth', { cache })).rejects.toThrow('model.pth: not an address of the web');
});

/** Sends what lies before a byte of the file, and breaks off once it has arrived. */
function breakOffAt(end: number, response: ServerResponse, start = 0, file = content): void {
  if (start === 0) arrived = 0;
  breakOff(response, file.subarray(start, end), () => arrived >= end);
}

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
    else breakOffAt(start + after, response, start);
  };

/** A server whose answers can be changed, and what it was asked for. */
async function server(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const state = { answer, asked: [] as IncomingMessage[] };
  const base = await serve((request, response) => {
    state.asked.push(request);
    state.answer(request, response);
  });
  return { state, url: `${base}net%20work.pth` };
}

describe('a file of the web', () => {
  it('is fetched once, with progress, and with its hash then needs no network', async () => {
    const { state, url } = await server((_, response) => {
      response.writeHead(200, { 'content-length': content.length, 'content-type': 'application/zip' }).end(content);
    });
    const seen: Progress[] = [];
    const file = await fetchFile(url, { cache, sha256, sha1, onProgress: (progress) => seen.push(progress) });
    expect(file).toMatchObject({ name: url, size: content.length, sha256, type: 'application/zip' });
    expect(await used(file, true)).toEqual(Buffer.from(content));
    expect(seen.at(-1)).toEqual({ task: 'download net work.pth', done: 300_000, total: 300_000, unit: 'bytes' });
    const again = await fetchFile(new URL(url), { cache, sha256: sha256.toUpperCase() });
    expect(again).toMatchObject({ size: content.length, sha256 });
    const part = new Uint8Array(3);
    expect(await again.read(7, 3, part)).toBe(part);
    expect(part).toEqual(content.subarray(7, 10));
    await again.close();
    expect(state.asked).toHaveLength(1);
    expect((await kept()).length).toBe(2);
  });

  it('is not kept unless it was opened: a page in place of weights is seen once', async () => {
    const { state, url } = await server((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
    });
    const page = await fetchFile(url, { cache });
    expect(page.type).toBe('text/html');
    // Nobody can open this as weights, so nobody keeps it.
    await page.close();
    expect(await kept()).toEqual([]);
    state.answer = (_, response) => void response.end(content);
    expect(await fetched(url)).toEqual(Buffer.from(content));
    // Nor does it take the place of a good file.
    state.answer = (_, response) => void response.end('<html>Please log in</html>');
    await (await fetchFile(url, { cache })).close();
    expect(await used(await fetchFile(url, { cache, sha256 }))).toEqual(Buffer.from(content));
  });

  it('is asked for again by its ETag, and seen when it is trained anew', async () => {
    let etag = '"one"';
    let body = Buffer.from('first weights');
    const { state, url } = await server((request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag }).end(body);
    });
    expect((await fetched(url)).toString()).toBe('first weights');
    expect((await fetched(url)).toString()).toBe('first weights');
    expect(state.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"']);
    [etag, body] = ['"two"', Buffer.from('better weights')];
    expect((await fetched(url)).toString()).toBe('better weights');
    expect((await fetched(url)).toString()).toBe('better weights');
    expect(state.asked).toHaveLength(4);
    expect(await kept()).toHaveLength(2);
  });

  it('is asked for again by its Last-Modified', async () => {
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const { state, url } = await server((request, response) => {
      if (request.headers['if-modified-since'] === date) response.writeHead(304).end();
      else response.writeHead(200, { 'last-modified': date }).end(content);
    });
    await fetched(url);
    expect(await fetched(url)).toEqual(Buffer.from(content));
    expect(state.asked.map(({ headers }) => headers['if-modified-since'])).toEqual([undefined, date]);
  });

  it.each([{ 'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT' }, { etag: '"one"' }])(
    'is taken anew when its server sends it, though %o stayed as it was',
    async (headers) => {
      const { state, url } = await server((_, response) => response.writeHead(200, headers).end('first weights'));
      await fetched(url);
      state.answer = (_, response) => void response.writeHead(200, headers).end('third weights');
      expect((await fetched(url)).toString()).toBe('third weights');
    },
  );

  it.each(['50%.pth', '%E0%A4%A.pth', '100%zz'])('may be called %s', async (name) => {
    const { url } = await server((_, response) => response.end('weights'));
    const address = new URL(name, url);
    const seen: Progress[] = [];
    expect((await fetched(address, { onProgress: (one) => seen.push(one) })).toString()).toBe('weights');
    expect((await fetched(address)).toString()).toBe('weights');
    expect(seen.at(-1)?.task).toBe(`download ${name}`);
  });

  it('is fresh again once its server has said that it is the same', async () => {
    const headers = { etag: '"one"', 'cache-control': 'max-age=3600' };
    const { state, url } = await server((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, age: '4000' }).end(content);
    });
    for (let times = 0; times < 3; times++) await fetched(url);
    expect(state.asked).toHaveLength(2);
  });

  it('is asked for again only as its server wishes', async () => {
    const served = async (headers: Record<string, string>) => {
      const { state, url } = await server((_, response) => response.writeHead(200, headers).end(content));
      await fetched(url);
      await fetched(url);
      return state.asked.length;
    };
    expect(await served({ 'cache-control': 'public, max-age=3600' })).toBe(1);
    expect(await served({ expires: new Date(Date.now() + 60_000).toUTCString() })).toBe(1);
    expect(await served({ 'cache-control': 'max-age=3600, no-cache' })).toBe(2);
    expect(await served({ 'cache-control': 'max-age=0' })).toBe(2);
    expect(await served({ 'cache-control': 'max-age=3600', age: '3599' })).toBe(1);
    expect(await served({ 'cache-control': 'max-age=3600', age: '3600' })).toBe(2);
    expect(await served({})).toBe(2);
    const before = await kept();
    expect(await served({ 'cache-control': 'no-store, max-age=3600' })).toBe(2);
    expect(await kept()).toEqual(before);
  });

  it('is used without the network, with a notice; but not when its server says that it is gone', async () => {
    const { state, url } = await server((_, response) => response.end(content));
    await fetched(url);
    state.answer = (request) => request.socket.destroy();
    expect(await fetched(url)).toEqual(Buffer.from(content));
    state.answer = (_, response) => response.writeHead(503).end();
    expect(await fetched(url)).toEqual(Buffer.from(content));
    expect(notices).toHaveLength(2);
    expect(notices[0]).toBe(
      `${url}: cannot be fetched, connection broke off. Check the address and the connection. The file kept from before is used.`,
    );
    state.answer = (_, response) => response.writeHead(404).end();
    await expect(fetched(url)).rejects.toThrow(/answered 404 Not Found/);
  });

  it('goes on where the connection broke off', async () => {
    const asked: string[] = [];
    const { url } = await server(breaking(120_000, asked));
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
    expect(asked[0]).toBe('all -');
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.slice(1).every((line) => /^bytes=\d+- "v1"$/.test(line))).toBe(true);
  });

  it('begins anew when the file has changed meanwhile', async () => {
    const old = content.map((byte) => byte ^ 0xff);
    const { state, url } = await server((_, response) => {
      state.answer = breaking(1e9, [], '"v2"');
      response.writeHead(200, { 'content-length': old.length, etag: '"v1"' });
      breakOffAt(100_000, response, 0, old);
    });
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
    expect(state.asked).toHaveLength(2);
  });

  it('is refused, named and not kept when it was tampered with', async () => {
    const other = content.slice();
    other[1000] = (other[1000] ?? 0) ^ 1;
    const { url } = await server((_, response) => response.writeHead(200).end(other));
    await expect(fetched(url, { sha256 })).rejects.toThrow(
      new RegExp(`work\\.pth: refused, the 300000 bytes that came have the sha256 [0-9a-f]{64}, expected ${sha256}`),
    );
    await expect(fetched(url, { sha1 })).rejects.toThrow(/have the sha1 [0-9a-f]{40}, expected/);
    expect(await kept()).toEqual([]);
  });

  it('is fetched again when another hash is asked for than what was kept has', async () => {
    const { state, url } = await server((_, response) => response.end('first weights'));
    await fetched(url);
    await expect(fetched(url, { sha256 })).rejects.toThrow(/the 13 bytes that came have the sha256 .*, expected/);
    state.answer = (_, response) => void response.end(content);
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
  });

  it('is fetched again when what was kept is cut short', async () => {
    const { state, url } = await server((_, response) => response.end(content));
    await fetched(url);
    const [data = ''] = (await kept()).filter((name) => name.endsWith('.pth'));
    const file = path.join(cache, 'web', data);
    await writeFile(file, (await readFile(file)).subarray(0, 10));
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
    expect(state.asked).toHaveLength(2);
  });

  it('is fetched again when what was kept is no longer what its hash says, and the kept file is named', async () => {
    const { state, url } = await server((_, response) => response.end(content));
    await fetched(url);
    const [data = ''] = (await kept()).filter((name) => name.endsWith('.pth'));
    const file = path.join(cache, 'web', data);
    const rotten = await readFile(file);
    rotten[100_000] = (rotten[100_000] ?? 0) ^ 1;
    await writeFile(file, rotten);
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
    expect(notices).toEqual([expect.stringContaining(`${file}: is not the file any more that was kept there`)]);
    expect(state.asked).toHaveLength(2);
    expect(await fetched(url, { sha256 })).toEqual(Buffer.from(content));
    expect(state.asked).toHaveLength(2);
  });

  it.each<[string, FetchFileOptions, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    ['is not there', {}, (_, response) => response.writeHead(404).end(), /answered 404 Not Found\. Check the address/],
    [
      'never comes whole',
      {},
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        breakOffAt(50_000, response);
      },
      /cannot be fetched, .* of 300000 bytes\. Check the address and the connection/,
    ],
    [
      'stops coming',
      { timeouts: { idle: 200 } },
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 50_000));
      },
      /cannot be fetched, nothing came for 0\.2 s after 50000 of 300000 bytes/,
    ],
    [
      'never begins',
      { timeouts: { response: 100 }, retries: { attempts: 2, pause: 1 } },
      () => {},
      /cannot be fetched, no answer came for 0\.1 s\. Check/,
    ],
    [
      'takes too long in all',
      { timeouts: { total: 300 }, retries: { attempts: 100, pause: 1 } },
      (_, response) => {
        const timer = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(timer));
      },
      /cannot be fetched, it was not done for 0\.3 s after \d+ bytes/,
    ],
    [
      'drips, also when each attempt goes on where the last one stopped',
      { timeouts: { idle: 200, minBytesPerSecond: 1000 }, retries: { attempts: 3, pause: 1 } },
      (request, response) => {
        let at = first(request);
        response.writeHead(request.headers.range === undefined ? 200 : 206, {
          etag: '"v1"',
          'content-length': content.length - at,
          'content-range': `bytes ${at}-${content.length - 1}/${content.length}`,
        });
        const timer = setInterval(() => response.write(content.subarray(at, ++at)), 20);
        response.on('close', () => clearInterval(timer));
      },
      /cannot be fetched, less than 1000 bytes a second came for 0\.2 s after \d+ of 300000 bytes/,
    ],
    [
      'is larger than may be',
      { maxBytes: 1000 },
      (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content),
      /has 300000 bytes, at most 1000 are taken\. Raise maxBytes/,
    ],
    [
      'grows larger than may be',
      { maxBytes: 1000 },
      (_, response) => void response.write(content.subarray(0, 2000)),
      /sent more than the 1000 bytes that are taken\. Raise maxBytes/,
    ],
    [
      'comes from a server that is down for long',
      {},
      (_, response) => response.writeHead(503).end(),
      /cannot be fetched, answered 503 Service Unavailable/,
    ],
    [
      'goes on in another place than was asked for',
      {},
      (request, response) => {
        if (request.headers.range === undefined) return breaking(50_000, [])(request, response);
        response
          .writeHead(206, { 'content-range': 'bytes 0-249999/300000', etag: '"v1"' })
          .end(content.subarray(50_000));
      },
      /was asked for bytes \d+ to 299999 of 300000, and answered 'bytes 0-249999\/300000'/,
    ],
    [
      'is said to be of another length half-way',
      {},
      (request, response) => {
        if (request.headers.range === undefined) return breaking(50_000, [])(request, response);
        response.writeHead(206, { 'content-range': `bytes ${first(request)}-399999/400000` }).end();
      },
      /was asked for bytes \d+ to 299999 of 300000, and answered 'bytes \d+-399999\/400000'/,
    ],
  ])('is refused and not kept when it %s', async (_, options, listener, message) => {
    const { url } = await server(listener);
    await expect(fetched(url, options)).rejects.toThrow(message);
    await expect(fetched(url, options)).rejects.toMatchObject({ code: 'network' });
    expect(await kept()).toEqual([]);
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const { url } = await server((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000), () => controller.abort());
    });
    const stopped = fetchFile(url, { cache, signal: controller.signal });
    await expect(stopped).rejects.toThrow(/work\.pth: the download was stopped after \d+ bytes/);
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    await expect(fetchFile(url, { cache, signal: controller.signal })).rejects.toMatchObject({ code: 'interrupted' });
    expect(await kept()).toEqual([]);
  });

  it('can be used without a cache', async () => {
    const { state, url } = await server((_, response) => response.end(content));
    for (const keep of [true, false])
      expect(await used(await fetchFile(url, { cache: false, sha256 }), keep)).toEqual(Buffer.from(content));
    expect(state.asked).toHaveLength(2);
  });

  it('says in one line when there is nobody, at once', async () => {
    // A port that was free a moment ago.
    const one = createServer();
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    const address = one.address();
    await new Promise((resolve) => one.close(resolve));
    if (address === null || typeof address === 'string') throw new Error('the server had no port');
    await expect(fetchFile(`http://127.0.0.1:${address.port}/a.bin`, { cache })).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:\d+\/a\.bin: cannot be fetched, connection refused\. Check the address and the connection\.$/,
    );
  });

  it('has an address of the web', async () => {
    for (const address of ['model.safetensors', 'file:///model.safetensors', 'C:\\model.safetensors'])
      await expect(fetchFile(address, { cache })).rejects.toThrow(/not an address of the web, expected http/);
    await expect(fetchFile('/model.pth')).rejects.toMatchObject({ code: 'usage' });
  });

  it('has a hash that can be one, or is not asked for', async () => {
    const { state, url } = await server((_, response) => response.end(content));
    await expect(fetched(url, { sha256: `sha256:${sha256}` })).rejects.toThrow(
      /^sha256 is "sha256:[0-9a-f]{64}", expected 64 hexadecimal digits\. Leave it out to take any file\.$/,
    );
    await expect(fetched(url, { sha1: sha256 })).rejects.toMatchObject({ code: 'usage' });
    expect(state.asked).toHaveLength(0);
  });

  it('names a cache that cannot be written', async () => {
    const { url } = await server((_, response) => response.end(content));
    await writeFile(path.join(cache, 'web'), 'a file');
    await expect(fetched(url)).rejects.toThrow(/web: cannot be written, a file stands where a folder is needed/);
  });
});
