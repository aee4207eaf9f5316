import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `npm run docs` leaves the site. */
export const dist = fileURLToPath(new URL('../.vitepress/dist/', import.meta.url));

/** Addresses of all pages, as their links have them: `/guide/traps`, `/presets/`. */
export const pages = (): string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map(
      (file) =>
        `/${file
          .split(path.sep)
          .join('/')
          .replace(/\.html$/, '')
          .replace(/(^|\/)index$/, '$1')}`,
    )
    .sort();

const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile();

/** The file that a host without rewriting rules, but with clean addresses, gives for a path. */
export function fileOf(address: string): string | undefined {
  const file = path.join(dist, decodeURIComponent(address));
  return [file, `${file}.html`, path.join(file, 'index.html')].find(isFile);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Serves the built site. @returns Its address, and the end of it. */
export async function serveSite(): Promise<{ address: string; close: () => void }> {
  const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url ?? '/', 'http://site').pathname);
    response.writeHead(file ? 200 : 404, {
      'content-type': types[path.extname(file ?? '')] ?? 'application/octet-stream',
    });
    response.end(file && readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() };
}
