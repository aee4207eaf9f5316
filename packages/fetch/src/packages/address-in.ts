import { ZooError } from '@zoo/core';

/**
 * An address out of somebody's settings or a registry's answer. It is not shown: it may hold credentials.
 *
 * @param what Names it in the message: `the registry of npm's settings`.
 * @throws ZooError `network` where it is none.
 */
export function addressIn(text: string, what: string, base?: URL): URL {
  if (URL.canParse(text, base)) return new URL(text, base);
  throw new ZooError('network', `${what} is no address, expected https://...; correct it.`);
}
