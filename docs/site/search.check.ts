import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import MiniSearch from 'minisearch';
import { expect, it } from 'vitest';
import { searchOptions } from '../.vitepress/search-options.ts';
import { dist } from './built-site.ts';

/** Words that readers look for, each with the page that answers: one of the first five that are found. */
const answers = [
  ['pth', '/guide/weights'],
  ['onnx', '/guide/weights'],
  ['safetensors', '/guide/weights'],
  ['loadWeights', '/api/weights'],
  ['useBackend', '/api/backends'],
  ['webpack', '/guide/browser'],
  ['COOP', '/guide/browser'],
  ['CSP', '/guide/browser'],
  ['import map', '/guide/browser'],
  ['freeze', '/commands/train'],
  ['new head', '/guide/weights'],
  ['caffenet', '/presets/alexnet/caffenet'],
  ['max-minutes', '/commands/train'],
  ['tfjs program', '/guide/kernels'],
] as const;

const chunks = `${dist}assets/chunks/`;
const file = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndexroot.')) ?? '';
const { default: index }: { default: string } = await import(pathToFileURL(chunks + file).href);

/** With the options of the search box. */
const search = MiniSearch.loadJSON(index, {
  fields: ['title', 'titles', 'text'],
  storeFields: ['title', 'titles'],
  searchOptions,
});

it.each(answers)('a search for %s finds %s', (word, page) => {
  const found = search.search(word).slice(0, 5);
  expect(found.map(({ id }) => String(id).replace(/(\.html)?#.*$/, ''))).toContain(page);
});
