import { type Browser, chromium } from 'playwright';
import { findChromium } from '../tests/browser/chromium.ts';
import { fetchChromium } from '../tests/browser/fetch-chromium.ts';
import { checkResult } from './result.ts';
import { type Headers, type Site, serve } from './serve.ts';

let started: Promise<Browser> | undefined;

async function start(): Promise<Browser> {
  const found = findChromium() ?? (await fetchChromium());
  if (typeof found === 'string') throw new Error(found);
  return chromium.launch(found);
}

/** Ends the Chromium that all pages share. */
export async function closeChromium(): Promise<void> {
  await (await started)?.close();
}

/** A first visit may compile and prove a backend, beside another build on the same cores. */
const timeout = 90_000;

/** Opens a page, and fails unless it gives what every program gives: on several threads where it is isolated, from its own server alone. */
export async function visit(site: Site, headers: Headers): Promise<void> {
  started ??= start();
  const context = await (await started).newContext();
  const { url, close } = await serve(site, headers);
  const problems: string[] = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    const foreignRequests = new Set<string>();
    context.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(url)) foreignRequests.add(request.url());
    });
    await page.goto(url);
    const output = page.locator('output', { hasText: /./ });
    const failed = () =>
      problems.find((problem) => /Uncaught|is not |Error|refused|violates/i.test(problem)) !== undefined;
    const text = await Promise.race([
      output.textContent({ timeout }),
      // Do not wait for a failed page; a moment later its other errors are known too.
      page.waitForEvent('pageerror', { timeout }).then(() => output.textContent({ timeout: 5000 })),
    ]).catch((error: unknown) => {
      throw new Error(failed() ? 'the page failed' : String(error).split('\n')[0]);
    });
    const { backend } = checkResult(text ?? '');
    if (foreignRequests.size > 0)
      throw new Error(`it asked for ${[...foreignRequests].join(', ')}, which its server does not serve.`);
    if (!headers.isolated) return;
    if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error('the page is not cross-origin isolated.');
    if (backend.threads < 2) throw new Error(`${backend.threads} thread in an isolated page, not 2.`);
    if (page.workers().length === 0) throw new Error('no worker runs.');
  } catch (error) {
    const said = [...new Set(problems)].slice(0, 3).map((problem) => problem.split('\n')[0]?.slice(0, 240));
    throw new Error([error instanceof Error ? error.message : String(error), ...said].join('; '));
  } finally {
    await context.close();
    close();
  }
}
