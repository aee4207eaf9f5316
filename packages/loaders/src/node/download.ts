import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Options } from 'pacote';
import { npmSettings } from './npm-settings.ts';
import type { Patience, Transfer } from './source.ts';

export interface Download {
  readonly url: string;
  /** Exact size. */
  readonly bytes: number;
  /** As npm writes it: `sha512-BASE64`. */
  readonly integrity: string;
  /** Times the usual patience for a first byte that this one deserves. Default 1. */
  readonly slow?: number;
}

const short = (text: string): string => {
  const plain = text.replace(/^request to \S+ failed, reason: /, '');
  return plain.length > 200 ? `${plain.slice(0, 200)}...` : plain;
};

/** What went wrong, in the words of somebody who waits for a file. */
export function networkError(error: unknown, soFar: string): ZooError {
  const message = short(error instanceof Error ? error.message : String(error));
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what: Record<string, string> = {
    ENOTFOUND: 'host not found',
    EAI_AGAIN: 'host not found',
    ECONNREFUSED: 'connection refused',
    ECONNRESET: `connection broke off ${soFar}`,
    ECONNABORTED: `connection broke off ${soFar}`,
  };
  return new ZooError('network', what[code] ? `${what[code]} (${message})` : message, { cause: error });
}

/** A file that arrived whole but is not the expected one. */
const refused = (error: Error, bytes: number): ZooError => {
  const [, expected, actual] = /wanted (\S+) but got (\S+)\./.exec(error.message) ?? [];
  const hashes = actual ? `its hash is ${actual}, expected ${expected}` : short(error.message);
  return new ZooError('network', `refused: ${bytes} bytes as expected, but ${hashes}`, { cause: error });
};

/** A signal that also fires when nothing has come for a while. `heard` begins the wait anew. */
function watchdog(signal: AbortSignal, { firstByte, nextByte }: Patience, message: () => string) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const watch = (limit: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new ZooError('network', `${message()} for ${limit / 1000} s`)), limit);
  };
  watch(firstByte);
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    heard: () => watch(nextByte),
    /** Closes the connection, if there still is one. */
    giveUp: () => controller.abort(),
    stop: () => clearTimeout(timer),
  };
}

/** Rejects when the signal fires. */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Settings for one request: the user's, less npm's long retries. */
export const requestOptions = async (signal: AbortSignal): Promise<Options> => ({
  ...(await npmSettings()),
  retry: { retries: 1, minTimeout: 500, maxTimeout: 500 },
  // Straight to the source: what npm may have cached is not asked for, and nothing is added to it.
  preferOnline: true,
  signal,
});

/** Runs one request within the time a first byte may take. */
export async function withinPatience<T>(
  { signal, patience }: Pick<Transfer, 'signal' | 'patience'>,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const guard = watchdog(signal, patience, () => 'no answer');
  try {
    return await Promise.race([request(guard.signal), whenAborted(guard.signal)]);
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
  { url, bytes, integrity, slow = 1 }: Download,
  { workFolder, signal, onProgress, patience }: Transfer,
): Promise<string> {
  const name = path.basename(new URL(url).pathname);
  const file = path.join(workFolder, name);
  let done = 0;
  const soFar = () => `after ${done} of ${bytes} bytes`;
  const guard = watchdog(signal, { ...patience, firstByte: slow * patience.firstByte }, () =>
    done === 0 ? 'no answer' : `nothing came ${soFar()}`,
  );
  onProgress({ task: `download ${name}`, done, total: bytes, unit: 'bytes' });

  /** The bytes as they come, counted; every way in which they can end badly in the same words. */
  function counted(stream: Readable): Readable {
    const body = new PassThrough();
    const fail = (error: unknown) => void body.destroy(describe(error));
    // It can fail before anybody reads it.
    body.on('error', () => {});
    stream.on('error', fail);
    stream.on('end', () => (done < bytes ? fail(new ZooError('network', `broke off ${soFar()}`)) : body.end()));
    body.on('drain', () => stream.resume());
    stream.on('data', (piece: Uint8Array) => {
      guard.heard();
      done += piece.length;
      if (done > bytes)
        return fail(new ZooError('network', `more than ${bytes} bytes came, it is not the expected file`));
      onProgress({ task: `download ${name}`, done, total: bytes, unit: 'bytes' });
      if (!body.write(piece)) stream.pause();
    });
    whenAborted(guard.signal).catch(fail);
    return body;
  }

  function describe(error: unknown): Error {
    if (error instanceof ZooError) return error;
    if (guard.signal.aborted) return networkError(guard.signal.reason, soFar());
    if (!(error instanceof Error && 'code' in error && error.code === 'EINTEGRITY'))
      return networkError(error, soFar());
    // The client has read to the end when it compares hashes, and may say so before it hands the last bytes on.
    done = Number(/\((\d+) bytes\)/.exec(error.message)?.[1] ?? done);
    return done === bytes ? refused(error, bytes) : new ZooError('network', `broke off ${soFar()}`, { cause: error });
  }

  try {
    const [{ default: pacote }, options] = await Promise.all([import('pacote'), requestOptions(guard.signal)]);
    await pacote.tarball.stream(url, (stream) => writeFileAtomically(file, counted(stream)), { ...options, integrity });
    return file;
  } catch (error) {
    guard.giveUp();
    throw error;
  } finally {
    guard.stop();
  }
}
