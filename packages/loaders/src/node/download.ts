import path from 'node:path';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Options } from 'pacote';
import { npmSettings } from './npm-settings.ts';
import type { SourceContext } from './source.ts';

/** How long a source may stay silent. */
export const patience = { firstByte: 10_000, nextByte: 30_000 };

export interface Download {
  readonly url: string;
  /** Exact size. */
  readonly bytes: number;
  /** As npm writes it: `sha512-BASE64`. */
  readonly integrity: string;
  /** Milliseconds until the first byte must have come. Default 10 seconds: an offline machine should move on quickly. */
  readonly firstByteWithin?: number;
}

const short = (text: string): string => {
  const plain = text.replace(/^request to \S+ failed, reason: /, '');
  return plain.length > 200 ? `${plain.slice(0, 200)}...` : plain;
};

/** What went wrong, without the library's own words where they say little. */
export function networkError(error: unknown, soFar: string): ZooError {
  const { code, message } =
    error instanceof Error ? { code: '', ...error, message: error.message } : { code: '', message: String(error) };
  const what: Record<string, string> = {
    ENOTFOUND: 'host not found',
    EAI_AGAIN: 'host not found',
    ECONNREFUSED: 'connection refused',
    ECONNRESET: `connection broke off ${soFar}`,
    EINTEGRITY: 'refused',
  };
  const detail =
    code === 'EINTEGRITY'
      ? short(message.replace(/^.*wanted (\S+) but got (\S+)\..*$/, 'its hash is $2, expected $1'))
      : short(message);
  return new ZooError('network', what[code] ? `${what[code]} (${detail})` : detail, { cause: error });
}

/** Ends a wait when the caller aborts or when nothing has come for a while. */
function watchdog(signal: AbortSignal, milliseconds: number, message: () => string) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const watch = (limit: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new ZooError('network', `${message()} for ${limit / 1000} s`)), limit);
  };
  const both = AbortSignal.any([signal, controller.signal]);
  const ended = new Promise<never>((_, reject) => {
    both.addEventListener('abort', () => reject(both.reason), { once: true });
    if (both.aborted) reject(both.reason);
  });
  // Nobody may be waiting when it ends.
  ended.catch(() => {});
  watch(milliseconds);
  return { signal: both, ended, heard: () => watch(patience.nextByte), stop: () => clearTimeout(timer) };
}

/** Settings for one request: the user's, less npm's long retries. */
export const requestOptions = async (signal: AbortSignal): Promise<Options> => ({
  ...(await npmSettings()),
  retry: { retries: 1, minTimeout: 500, maxTimeout: 500 },
  // Straight to the source: what npm may have cached is not asked for, and nothing is added to it.
  preferOnline: true,
  signal,
});

/** Runs one request within the time a first byte may take. */
export async function withinPatience<T>(signal: AbortSignal, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const guard = watchdog(signal, patience.firstByte, () => 'no answer');
  try {
    return await Promise.race([request(guard.signal), guard.ended]);
  } catch (error) {
    throw guard.signal.aborted ? guard.signal.reason : networkError(error, 'before an answer came');
  } finally {
    guard.stop();
  }
}

/**
 * Downloads one file into the work folder and checks its size and hash. Goes through npm's own client for every
 * address, so that the user's proxy and certificates hold for all of them.
 *
 * @returns The path of the checked file.
 */
export async function download(
  { url, bytes, integrity, firstByteWithin = patience.firstByte }: Download,
  { workFolder, signal, onProgress }: SourceContext,
): Promise<string> {
  const name = path.basename(new URL(url).pathname);
  const file = path.join(workFolder, name);
  let done = 0;
  const soFar = () => `after ${done} of ${bytes} bytes`;
  const guard = watchdog(signal, firstByteWithin, () => (done === 0 ? 'no answer' : `nothing came ${soFar()}`));
  onProgress({ task: `download ${name}`, done, total: bytes, unit: 'bytes' });

  async function* counted(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const pieces = stream[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await Promise.race([pieces.next(), guard.ended]);
        if (next.done) break;
        guard.heard();
        done += next.value.length;
        if (done > bytes) throw new ZooError('network', `more than ${bytes} bytes came, it is not the expected file`);
        onProgress({ task: `download ${name}`, done, total: bytes, unit: 'bytes' });
        yield next.value;
      }
    } catch (error) {
      throw guard.signal.aborted
        ? guard.signal.reason
        : error instanceof ZooError
          ? error
          : networkError(error, soFar());
    }
    if (done < bytes) throw new ZooError('network', `broke off ${soFar()}`);
  }

  try {
    const [{ default: pacote }, options] = await Promise.all([import('pacote'), requestOptions(guard.signal)]);
    await pacote.tarball.stream(url, (stream) => writeFileAtomically(file, counted(stream)), { ...options, integrity });
    return file;
  } finally {
    guard.stop();
  }
}
