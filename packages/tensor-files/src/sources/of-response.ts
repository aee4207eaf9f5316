import { ZooError } from '@zoo/core';
import type { ByteSource } from './byte-source.ts';
import { ofBlob } from './of-blob.ts';

/**
 * The body of a `Response`, which is read completely.
 *
 * @throws ZooError `network` for an answer that is no success or breaks off, `usage` for one that is read elsewhere.
 */
export async function ofResponse(response: Response, name: string = response.url || 'a Response'): Promise<ByteSource> {
  if (response.type === 'opaque')
    throw new ZooError(
      'network',
      `${name}: may not be read by this page. Fetch it with CORS, not in the mode no-cors.`,
    );
  if (!response.ok)
    throw new ZooError(
      'network',
      `${name}: answered ${`${response.status} ${response.statusText}`.trim()}. Check the address.`,
    );
  if (response.bodyUsed || response.body?.locked)
    throw new ZooError(
      'usage',
      `${name}: its body has been read already, or is being read. Pass a fresh Response, or its clone().`,
    );
  try {
    return ofBlob(await response.blob(), name);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      throw new ZooError('interrupted', `${name}: the download was stopped.`, { cause: error });
    throw new ZooError('network', `${name}: broke off while it was read. Fetch it anew.`, { cause: error });
  }
}
