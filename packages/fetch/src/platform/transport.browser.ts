import { ConnectionRefused } from '../network-error.ts';
import type { Transport } from '../transport.ts';

/**
 * `fetch` of a page. The browser's own cache asks the server again each time (`no-cache`), so no conditions are sent: they would
 * make requests to other origins ask for permission first. What goes on in the middle passes that cache by, which would mix it
 * with the part that it has.
 */
export const transport: Transport = {
  async request(url, { headers, signal }) {
    // A page may not choose this one.
    const { 'Accept-Encoding': _, ...allowed } = headers;
    try {
      const cache = allowed.Range === undefined ? 'no-cache' : 'no-store';
      return await fetch(url, { headers: allowed, signal, cache });
    } catch (error) {
      if (!(error instanceof TypeError) || url.origin === globalThis.location?.origin) throw error;
      throw new ConnectionRefused(
        'no answer came: there is no connection, or the server does not allow other origins (CORS, Access-Control-Allow-Origin)',
      );
    }
  },
  allowsConditions: () => false,
  base: () => (typeof document === 'undefined' ? globalThis.location?.href : document.baseURI),
};
