import { systemCode, ZooError } from '@zoo/core';

/** A connection that broke off: the next one can go on. */
export class ConnectionBroken extends Error {}

/** What a page cannot tell apart: no connection, or a server that does not let pages of other origins read its files. */
export class ConnectionRefused extends ConnectionBroken {}

/** Whether that came at once: to ask often would not help. */
export const isConnectionRefused = (error: unknown): boolean => error instanceof ConnectionRefused;

/** What an error of `fetch` is about: it says 'fetch failed', and hides the reason in its cause. */
function rootCause(error: unknown): { cause: unknown; code: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { cause, code: systemCode(cause) };
}

/** Nobody is there, or there is no network: to ask again at once would not help. */
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

/** What happened, in the words of somebody who waits for a file. */
export function explain(error: unknown): string {
  const { cause, code } = rootCause(error);
  return reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
