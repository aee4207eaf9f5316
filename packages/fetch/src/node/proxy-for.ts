import type { NpmSettings } from './npm-settings.ts';

/** Whether a rule of `noproxy` holds for an address: `example.org` and `.example.org` with all below, `*` for all, with a port or without. */
function isExempt({ hostname, port }: URL, rule: string): boolean {
  if (rule === '*') return true;
  const [, name = '', only] = /^\*?\.?(.+?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  if (only !== undefined && only !== port) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

/** The proxy for an address, if there is one. */
export function proxyFor(
  url: URL,
  { proxy, httpsProxy, noProxy }: Pick<NpmSettings, 'proxy' | 'httpsProxy' | 'noProxy'>,
): string | undefined {
  if (noProxy.some((rule) => isExempt(url, rule))) return undefined;
  const found = url.protocol === 'https:' ? httpsProxy : proxy;
  return found === undefined || /^\w+:\/\//.test(found) ? found : `http://${found}`;
}
