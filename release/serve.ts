import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';

/** A page's site: files of a folder, or a server of its own that answers there. */
export type Site = { folder: string } | { origin: string };

/** What a server says with every answer. */
export interface Headers {
  /** Lets pages share memory between threads. */
  isolated: boolean;
  /** Forbids code from text and scripts from elsewhere; WebAssembly may be compiled. Where workers may come from, if there is such a policy. */
  csp?: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

async function fileOf(folder: string, url: string): Promise<Answer> {
  const { pathname } = new URL(url, 'http://localhost');
  const file = path.join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  try {
    if (!file.startsWith(folder + path.sep)) throw new Error('outside');
    const body = await readFile(file);
    return { status: 200, type: types[path.extname(file)] ?? 'application/octet-stream', body };
  } catch {
    // Browsers ask for it by themselves.
    if (pathname === '/favicon.ico') return { status: 204, type: 'image/x-icon', body: Buffer.alloc(0) };
    return { status: 404, type: 'text/plain', body: Buffer.from(`no ${pathname}`) };
  }
}

async function answerOf(origin: string, url: string): Promise<Answer> {
  const answer = await fetch(new URL(url, origin), { redirect: 'manual' });
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
}

/** Scripts in the text of a page are allowed by their hash, as a server that makes pages does. */
function policyFor({ type, body }: Answer, workers: readonly string[]): string {
  const inline = type.startsWith('text/html')
    ? [...body.toString().matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)]
    : [];
  const hashes = inline.map(([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...hashes].join(' ');
  return `default-src 'self'; script-src ${scripts}; worker-src ${workers.join(' ')}; style-src 'self' 'unsafe-inline'`;
}

function send(response: ServerResponse, answer: Answer, { isolated, csp }: Headers): void {
  response.writeHead(answer.status, {
    'Content-Type': answer.type,
    ...(isolated && { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }),
    ...(csp && { 'Content-Security-Policy': policyFor(answer, csp) }),
  });
  response.end(answer.body);
}

/** Serves a site with these headers. Gives its address. */
export async function serve(site: Site, headers: Headers): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const answer = 'folder' in site ? fileOf(path.resolve(site.folder), url) : answerOf(site.origin, url);
    answer.then(
      (one) => send(response, one, headers),
      (error) => response.writeHead(502).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('no port');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
