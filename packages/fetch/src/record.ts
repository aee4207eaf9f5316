import { type Parse, parseInteger, parseNumber, parseObject, parseString } from '@zoo/core';

/** The metadata of a cached file: its URL and hashes, and the caching headers of its server. */
export interface FileRecord {
  url: string;
  bytes: number;
  sha256?: string;
  sha1?: string;
  /** Headers of the answer, as they came. */
  etag?: string;
  lastModified?: string;
  cacheControl?: string;
  expires?: string;
  /** The `Age` header: how many seconds the response had spent in caches. */
  age?: string;
  /** Length of the body as it was sent, which may be packed. */
  length?: string;
  type?: string;
  /** When the server last said that this is its file; milliseconds since 1970. */
  checked: number;
}

export const parseFileRecord: Parse<FileRecord> = parseObject<FileRecord>(
  { url: parseString, bytes: parseInteger(0, Number.MAX_SAFE_INTEGER), checked: parseNumber(0) },
  {
    sha256: parseString,
    sha1: parseString,
    etag: parseString,
    lastModified: parseString,
    cacheControl: parseString,
    expires: parseString,
    age: parseString,
    length: parseString,
    type: parseString,
  },
);

/** The headers of a response that are stored with the file. */
export type KeptHeaders = Pick<
  FileRecord,
  'etag' | 'lastModified' | 'cacheControl' | 'expires' | 'age' | 'length' | 'type'
>;

const names = {
  etag: 'etag',
  lastModified: 'last-modified',
  cacheControl: 'cache-control',
  expires: 'expires',
  age: 'age',
  length: 'content-length',
  type: 'content-type',
} as const satisfies Record<keyof KeptHeaders, string>;

/** The headers of an answer that are kept. */
export function keptHeaders(headers: { get(name: string): string | null }): KeptHeaders {
  const kept: KeptHeaders = {};
  for (const key of ['etag', 'lastModified', 'cacheControl', 'expires', 'age', 'length', 'type'] as const) {
    const value = headers.get(names[key]);
    if (value !== null) kept[key] = value;
  }
  return kept;
}
