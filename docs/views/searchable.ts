/**
 * What the search reads of a page. Pages of presets have much in common: of them only what stands above the first heading, so
 * that a word which is on all of them leads to the guide.
 */
export const searchable = (source: string, page: string): string =>
  /^presets\/.+\//.test(page) ? (source.split('\n## ')[0] ?? '') : source;
