import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../../tests/browser/chromium.ts';
import { fetchChromium } from '../../tests/browser/fetch-chromium.ts';
import { pages, serveSite } from './built-site.ts';

/** Every page in light and dark, as axe sees it, and on a phone, where nothing may be wider than the screen. */

declare const axe: {
  run(): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>;
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const found = findChromium() ?? (await fetchChromium());
if (typeof found === 'string') throw new Error(`The site cannot be looked at: Chromium, ${found}.`);

const site = await serveSite();
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ ...found, args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser.close();
  site.close();
});

const complaints = (): Promise<string[]> =>
  axe
    .run()
    .then(({ violations }) =>
      violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary}`),
      ),
    );

const inColours = (dark: boolean): void => {
  document.documentElement.classList.toggle('dark', dark);
};

const beyondTheEdge = (): number => document.documentElement.scrollWidth - window.innerWidth;

/** Links of the outline that end behind the right edge of the window. */
const cutLinks = (): string[] =>
  [...document.querySelectorAll('.VPDocAsideOutline .outline-link')]
    .filter((link) => link.getBoundingClientRect().right > window.innerWidth)
    .map((link) => link.textContent ?? '');

it.concurrent.each(pages())('%s satisfies axe in light and dark, and fits a phone', async (address) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(site.address + address);
  await page.evaluate(axeSource);
  const found: string[] = [];
  for (const dark of [false, true]) {
    await page.evaluate(inColours, dark);
    found.push(...(await page.evaluate(complaints)));
  }
  const cut: string[] = [];
  for (const width of [1280, 1366, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const link of await page.evaluate(cutLinks)) cut.push(`${width}: ${link}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(beyondTheEdge);
  await page.close();
  expect(found.slice(0, 5), `${found.length} complaints of ${address}`).toEqual([]);
  expect(cut, `links of the outline of ${address} that the window cuts`).toEqual([]);
  expect(wide, `pixels of ${address} beyond the edge of a phone`).toBe(0);
});
