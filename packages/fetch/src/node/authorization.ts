import type { NpmSettings } from './npm-settings.ts';

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/**
 * The `Authorization` that npm's settings have for an address: by the longest `//host/path/` that it lies below. Credentials
 * without a host, of npm before 9, are nobody's.
 */
export function authorizationFor(url: URL, { byAddress }: Pick<NpmSettings, 'byAddress'>): Record<string, string> {
  const parts = url.pathname.split('/').slice(1, -1);
  for (let length = parts.length; length >= 0; length--) {
    const place = `//${[url.host, ...parts.slice(0, length)].join('/')}`;
    const found = (name: string) => byAddress[`${place}/:${name}`] ?? byAddress[`${place}:${name}`];
    const [token, basic, user, password] = ['_authToken', '_auth', 'username', '_password'].map(found);
    if (token !== undefined) return { Authorization: `Bearer ${token}` };
    if (basic !== undefined) return { Authorization: `Basic ${basic}` };
    if (user !== undefined && password !== undefined)
      return { Authorization: `Basic ${Buffer.from(`${user}:${decoded(password)}`).toString('base64')}` };
  }
  return {};
}
