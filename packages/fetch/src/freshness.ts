import type { FileRecord, KeptHeaders } from './record.ts';

/** The directives of a `Cache-Control` header, by name in lower case. */
const directives = (header = ''): Map<string, string> =>
  new Map(
    header.split(',').map((one) => {
      const [name = '', value = ''] = one.trim().split('=');
      return [name.toLowerCase(), value.replaceAll('"', '')];
    }),
  );

/**
 * Whether a kept file may be used without asking its server (RFC 9111, section 4.2): as long as `max-age` says, counted from when
 * the server wrote its answer (`Age`), else until `Expires`. Without either it is asked each time: weights that are trained anew should be seen.
 */
export function isFresh({ cacheControl, expires, age: before, checked }: FileRecord, now = Date.now()): boolean {
  const directive = directives(cacheControl);
  if (directive.has('no-cache') || directive.has('no-store')) return false;
  // After the clock was set back, the age is unknown.
  if (now < checked) return false;
  const age = now - checked + 1000 * (Number.parseInt(before ?? '0', 10) || 0);
  const limit = directive.get('max-age');
  if (limit !== undefined) return /^\d+$/.test(limit) && age < 1000 * Number(limit);
  const end = Date.parse(expires ?? '');
  return !Number.isNaN(end) && now < end;
}

/** Whether the response may be cached at all. */
export const isCacheable = ({ cacheControl }: KeptHeaders): boolean => !directives(cacheControl).has('no-store');

const plain = (etag: string): string => etag.replace(/^W\//, '');

/**
 * Whether an answer is about the file that is kept: the same `ETag`, else the same `Last-Modified`, and as many bytes on the way.
 * Files that are changed do not always change the first two.
 */
export function isSameFile(kept: KeptHeaders, answer: KeptHeaders): boolean {
  if (kept.length !== answer.length) return false;
  if (kept.etag !== undefined && answer.etag !== undefined) return plain(kept.etag) === plain(answer.etag);
  return kept.lastModified !== undefined && kept.lastModified === answer.lastModified;
}

/** Headers that ask a server for its file only if it is another one than is kept. */
export function conditionalHeaders({ etag, lastModified }: KeptHeaders): Record<string, string> {
  if (etag !== undefined) return { 'If-None-Match': etag };
  return lastModified === undefined ? {} : { 'If-Modified-Since': lastModified };
}
