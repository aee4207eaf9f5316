import { systemCode, ZooError } from '@zoo/core';

/** The connection broke: the next attempt can resume. */
export class ConnectionBroken extends Error {}

/** No connection, or a server that does not allow other origins (CORS): a page cannot distinguish the two. */
export class ConnectionRefused extends ConnectionBroken {}

/** Whether a page's request failed at once: retrying would not help. */
export const isConnectionRefused = (error: unknown): boolean => error instanceof ConnectionRefused;

/** The root cause of an error of `fetch`, whose own message is just 'fetch failed'. */
function rootCause(error: unknown): { cause: unknown; code: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { cause, code: systemCode(cause) };
}

/** The host does not exist or refuses connections, or there is no network: retrying at once would not help. */
export const isHostUnreachable = (error: unknown): boolean =>
  ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH'].includes(rootCause(error).code);

/** Whether the network is to blame, and not the file or the disk. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof ConnectionBroken ||
  error instanceof TypeError ||
  (error instanceof Error && error.name === 'AbortError');

/** Whether a download failed because its server could not be reached, broke off, or is out of order. */
export const couldNotBeReached = (error: unknown): boolean =>
  error instanceof ZooError && error.code === 'network' && isUnreachable(error.cause);

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection broke off',
  UND_ERR_SOCKET: 'connection broke off',
  UND_ERR_ABORTED: 'connection broke off',
};

/** A short explanation for users. */
export function explain(error: unknown): string {
  const { cause, code } = rootCause(error);
  return reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
