import type { SearchOptions } from 'minisearch';

/** VitePress's own, and the guide before the reference: a name that is typed in full still finds itself first. */
export const searchOptions: SearchOptions = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  boostDocument: (id: string) => (id.includes('/guide/') ? 2 : 1),
};
