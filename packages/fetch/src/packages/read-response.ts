import { ZooError } from '@zoo/core';
import { download } from '../download.ts';
import { transport as usual } from '../platform/transport.node.ts';
import type { Transfer } from './source.ts';

/** Limit for a registry's response about a package. */
const maxBytes = 64 * 1024 * 1024;

/** A registry's response as text. @throws ZooError `network`. */
export async function readText(
  url: URL,
  headers: Record<string, string>,
  { signal, timeouts }: Pick<Transfer, 'signal' | 'timeouts'>,
  transport = usual,
): Promise<string> {
  let pieces: Uint8Array[] = [];
  const sink = {
    write: (piece: Uint8Array) => void pieces.push(piece),
    restart() {
      pieces = [];
    },
  };
  await download(url, sink, { transport, headers, signal, timeouts, maxBytes, retries: { attempts: 2 } });
  return Buffer.concat(pieces).toString('utf8');
}

/** A registry's response as JSON. @throws ZooError `network`. */
export async function readJson(...args: Parameters<typeof readText>): Promise<unknown> {
  const text = await readText(...args);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ZooError('network', `${args[0].href}: the answer is no JSON, is this a registry?`, { cause });
  }
}
