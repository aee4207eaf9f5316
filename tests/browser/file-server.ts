import { createServer, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What the server answers at an address, as a test in a page has told it. */
interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the connection after so many bytes of each answer. */
  breakAfter?: number;
  /** Sends it packed by gzip, unless it is asked for a part. */
  packed?: boolean;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}

/**
 * A server of another origin than the page: `POST` of an `Answer` says what an address answers, `GET` gets it, and
 * `GET ...?log` lists the requests for it. It answers no preflight: a request that needs one fails.
 */
export async function startFileServer(): Promise<{ url: string; stop(): void }> {
  const answers = new Map<string, Answer>();
  const logs = new Map<string, { method: string; headers: IncomingMessage['headers'] }[]>();
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    const { pathname: name, search } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') {
      answers.set(name, JSON.parse(await textOf(request)));
      return void response.end();
    }
    if (search === '?log') return void response.end(JSON.stringify(logs.get(name) ?? []));
    logs.set(name, [...(logs.get(name) ?? []), { method: request.method ?? '', headers: request.headers }]);
    const { status = 200, headers = {}, body = '', breakAfter, packed = false } = answers.get(name) ?? { status: 404 };
    if (request.method !== 'GET') return void response.writeHead(405).end();
    if (status === 0) return void request.socket.destroy();
    const bytes = Buffer.from(body, 'latin1');
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const isPacked = packed && request.headers.range === undefined;
    const rest = isPacked ? gzipSync(bytes) : bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : status, {
      'content-length': rest.length,
      'access-control-expose-headers': 'etag, content-range',
      ...(isPacked && { 'content-encoding': 'gzip' }),
      ...headers,
      ...(start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    });
    if (breakAfter === undefined || rest.length <= breakAfter) response.end(rest);
    else response.write(rest.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
