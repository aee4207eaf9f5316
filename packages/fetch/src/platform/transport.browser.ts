import type { Transport } from '../transport.ts';

/**
 * `fetch` of a page. The browser's own cache asks the server again each time (`no-cache`), so no conditions are sent: they would
 * make requests to other origins ask for permission first.
 */
export const transport: Transport = {
  ask: (url, { headers, signal }) => {
    // A page may not choose this one.
    const { 'Accept-Encoding': _, ...allowed } = headers;
    return fetch(url, { headers: allowed, signal, cache: 'no-cache' });
  },
  takesConditions: () => false,
  base: () => (typeof document === 'undefined' ? globalThis.location?.href : document.baseURI),
};
