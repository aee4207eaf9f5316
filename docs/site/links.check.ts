import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entries } from '../reference/entries.ts';
import { fileOf, pages } from './built-site.ts';

const found = (html: string, attribute: 'href' | 'src' | 'id'): string[] =>
  [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  );

const htmlOf = (address: string): string => readFileSync(fileOf(address) ?? '', 'utf8');

const ids = new Map(pages().map((page) => [fileOf(page), new Set(found(htmlOf(page), 'id'))]));

/** What is wrong with a link of a page; nothing for one that leads out of the site. */
function fault(link: string, page: string): string | undefined {
  const { origin, pathname, hash } = new URL(link, `http://site${page}`);
  if (origin !== 'http://site') return /^(https|mailto|data):/.test(link) ? undefined : `${link}: not https`;
  const file = fileOf(pathname);
  if (!file) return `${link}: there is no such page or file`;
  const anchor = decodeURIComponent(hash.slice(1));
  return anchor === '' || ids.get(file)?.has(anchor) ? undefined : `${link}: the page has no such place`;
}

it.each(entries())(
  'the page of $name shows names with their signatures, or leads to them',
  ({ name, package: owner, page }) => {
    const own =
      name === owner ? /<h3 id="\w+"/ : /<h3 id="\w+"|<h2 id="from-other-entries".*?<a href="\.?\/[\w/-]*#\w+"/s;
    expect(htmlOf(`/api/${page}`)).toMatch(own);
  },
);

describe('links', () => {
  it('are on more than forty pages, of which the changelog is none', () => {
    expect(pages().length).toBeGreaterThan(40);
    expect(pages()).not.toContain('/CHANGELOG');
  });

  it.each(pages())('of %s lead somewhere', (page) => {
    const html = htmlOf(page);
    const links = [...found(html, 'href'), ...found(html, 'src')];
    expect(links.length).toBeGreaterThan(5);
    expect([...new Set(links.flatMap((link) => fault(link, page) ?? []))]).toEqual([]);
  });
});
