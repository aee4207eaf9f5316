import type { Transport } from '../transport.ts';

/**
 * `fetch` of a page. The browser's own cache asks the server again each time (`no-cache`), so no conditions are sent: they would
 * make requests to other origins ask for permission first. What goes on in the middle passes that cache by, which would mix it
 * with the part that it has.
 */
export const transport: Transport = {
  ask: (url, { headers, signal }) => {
    // A page may not choose this one.
    const { 'Accept-Encoding': _, ...allowed } = headers;
    return fetch(url, { headers: allowed, signal, cache: allowed.Range === undefined ? 'no-cache' : 'no-store' });
  },
  takesConditions: () => false,
  base: () => (typeof document === 'undefined' ? globalThis.location?.href : document.baseURI),
};
