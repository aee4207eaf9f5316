import type { Dispatcher } from 'undici';
import { ConnectionBroken } from '../network-error.ts';
import type { HttpResponse, Request } from '../transport.ts';
import { type NpmSettings, npmSettings } from './npm-settings.ts';
import { proxyFor } from './proxy-for.ts';

const dispatchers = new Map<string, Dispatcher>();

/** Dispatchers for the settings, created once for each combination. */
async function dispatcherFor(url: URL, settings: NpmSettings): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import('undici');
  const { ca, cert, key, strictSsl } = settings;
  const proxy = proxyFor(url, settings);
  // Only https goes through a tunnel: many proxies refuse one to other ports.
  const proxyTunnel = url.protocol === 'https:';
  const way = JSON.stringify([proxy, proxyTunnel, ca, cert, key, strictSsl]);
  const tls = {
    rejectUnauthorized: strictSsl,
    ...(ca && { ca: [...ca] }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
  const made =
    dispatchers.get(way) ??
    (proxy === undefined
      ? new Agent({ connect: tls, bodyTimeout: 0, headersTimeout: 0 })
      : new ProxyAgent({
          uri: proxy,
          requestTls: tls,
          proxyTls: tls,
          proxyTunnel,
          bodyTimeout: 0,
          headersTimeout: 0,
        }));
  dispatchers.set(way, made);
  return made;
}

/** Requests a file with these settings. Redirects are followed, credentials stay with their host. */
export const requestWith =
  (read: () => Promise<NpmSettings>) =>
  async (url: URL, { headers, signal }: Request): Promise<HttpResponse> => {
    const settings = await read();
    if (settings.offline) throw new ConnectionBroken("npm's settings say offline");
    const [{ fetch }, dispatcher] = await Promise.all([import('undici'), dispatcherFor(url, settings)]);
    const { status, statusText, headers: received, body } = await fetch(url, { headers, signal, dispatcher });
    return { status, statusText, headers: received, body };
  };

/** Requests with the proxy and the certificates of npm's settings and of the environment: if npm can install, the zoo can fetch. */
export const request = requestWith(() => npmSettings());
