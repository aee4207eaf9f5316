import { type OnProgress, ZooError } from '@zoo/core';
import type { Retries, Timeouts } from './fetch-options.ts';
import { fileNameOf } from './file-name.ts';
import { conditionalHeaders, isSameFile } from './freshness.ts';
import { ConnectionBroken, explain, isConnectionRefused, isHostUnreachable, isUnreachable } from './network-error.ts';
import { type KeptHeaders, keptHeaders } from './record.ts';
import type { Sink } from './store.ts';
import type { HttpResponse, Transport } from './transport.ts';
import { watchdog } from './watchdog.ts';

export interface DownloadOptions {
  transport: Transport;
  /** More headers of each request. */
  headers?: Record<string, string> | undefined;
  /** The metadata of the cached file: if it is still valid, nothing is downloaded. */
  kept?: KeptHeaders | undefined;
  maxBytes?: number | undefined;
  /** The exact size, where it is known. */
  bytes?: number | undefined;
  timeouts?: Timeouts | undefined;
  retries?: Retries | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface Downloaded {
  /** The cached file is still valid: nothing was downloaded. */
  unchanged: boolean;
  bytes: number;
  responseHeaders: KeptHeaders;
}

/** The validator of this version of the file: its ETag or modification date. */
const validatorOf = ({ etag, lastModified }: KeptHeaders): string | undefined =>
  etag !== undefined && !etag.startsWith('W/') ? etag : lastModified;

/** Whether all headers of a response can be read. A page does not see the `Content-Encoding` of other origins. */
const exposesAllHeaders = ({ type }: HttpResponse): boolean => type !== 'cors';

/** Length of the body, unless it is known to be compressed in transit. */
function lengthOf({ headers }: HttpResponse): number | undefined {
  const encoding = headers.get('content-encoding') ?? 'identity';
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) && encoding === 'identity' ? Number(length) : undefined;
}

/** Cancels a body that is not needed. */
const cancelBody = async ({ body }: HttpResponse): Promise<void> => body?.cancel().catch(() => {});

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });

/**
 * Downloads a file. When the connection breaks it resumes with a `Range` request, provided that the server confirms that it is the
 * same file; otherwise it starts again.
 *
 * @returns The number of bytes: exactly as many as the server announced, if it did.
 * @throws ZooError `network` when it cannot be fetched, `interrupted` when the signal was aborted.
 */
export async function download(url: URL, sink: Sink, options: DownloadOptions): Promise<Downloaded> {
  const { transport, kept, maxBytes = 4 * 2 ** 30, onProgress, signal } = options;
  const {
    response: responseTimeout = 30_000,
    idle = 30_000,
    minBytesPerSecond = 100,
    total: limit = Number.POSITIVE_INFINITY,
  } = options.timeouts ?? {};
  const { attempts = 5, pause = 500 } = options.retries ?? {};
  const least = Math.ceil((minBytesPerSecond * idle) / 1000);
  const task = `download ${fileNameOf(url)}`;
  let done = 0;
  let total = options.bytes;
  // Otherwise the total is likely: the file is as long as it turns out to be.
  let isExact = true;
  let responseHeaders: KeptHeaders = {};

  const refuse = (what: string, cause?: unknown): never => {
    throw new ZooError('network', `${url.href}: ${what}.`, { cause });
  };
  const reached = () => (done > 0 ? ` after ${done}${total === undefined ? '' : ` of ${total}`} bytes` : '');
  const report = () => onProgress?.({ task, done, ...(total !== undefined && { total }), unit: 'bytes' });

  /** Checks that an answer fits what is here already. @returns False when the server still has the kept file. */
  async function begin(response: HttpResponse): Promise<boolean> {
    const now = keptHeaders(response.headers);
    if (response.status === 304 && kept && done === 0) {
      responseHeaders = now;
      return false;
    }
    if (response.status === 206 && done > 0) {
      if (validatorOf(now) !== undefined && validatorOf(now) !== validatorOf(responseHeaders)) {
        await cancelBody(response);
        await restart();
        throw new ConnectionBroken('it has changed meanwhile');
      }
      const text = response.headers.get('content-range');
      const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text ?? '');
      const whole = range?.[3] === '*' ? total : Number(range?.[3]);
      const isRest = range && Number(range[1]) === done && Number(range[2]) === (whole ?? 0) - 1;
      if (!isRest || (isExact && whole !== total)) {
        await cancelBody(response);
        refuse(
          `was asked for bytes ${done} to ${(total ?? 0) - 1} of ${total}, and answered '${text ?? 'no range'}'. Fetch it by other means, and pass the file`,
        );
      }
      // What goes on in the middle is not packed.
      total = whole;
      isExact = true;
      return true;
    }
    if (response.status === 416 && done > 0) {
      await cancelBody(response);
      await restart();
      throw new ConnectionBroken('it cannot go on in the middle');
    }
    if (response.status !== 200) {
      await cancelBody(response);
      const what = `answered ${response.status} ${response.statusText}`.trim();
      // Servers that are busy or restarting respond with these.
      if (response.status === 429 || response.status >= 500) throw new ConnectionBroken(what);
      refuse(`${what}. Check the address`);
    }
    if (done > 0) await restart();
    else if (kept && !transport.allowsConditions(url) && isSameFile(kept, now)) {
      await cancelBody(response);
      responseHeaders = now;
      return false;
    }
    responseHeaders = now;
    const announced = lengthOf(response);
    isExact = options.bytes !== undefined || exposesAllHeaders(response);
    if (
      options.bytes !== undefined &&
      announced !== undefined &&
      announced !== options.bytes &&
      exposesAllHeaders(response)
    ) {
      await cancelBody(response);
      refuse(`has ${announced} bytes, expected ${options.bytes}: it is not the expected file`);
    }
    total = options.bytes ?? announced;
    if (isExact && (total ?? 0) > maxBytes) {
      await cancelBody(response);
      refuse(`has ${total} bytes, at most ${maxBytes} are taken. Raise maxBytes if that is right`);
    }
    return true;
  }

  async function restart(): Promise<void> {
    done = 0;
    await sink.restart();
  }

  function headers(): Record<string, string> {
    // A length on the way other than the file's would make it impossible to go on in the middle.
    const plain = { 'Accept-Encoding': 'identity', ...options.headers };
    const validator = validatorOf(responseHeaders);
    const mayAsk = transport.allowsConditions(url);
    if (done === 0) return { ...plain, ...(kept && mayAsk ? conditionalHeaders(kept) : {}) };
    if (validator === undefined || total === undefined) return plain;
    return { ...plain, Range: `bytes=${done}-`, ...(mayAsk ? { 'If-Range': validator } : {}) };
  }

  /** @returns False when the server still has the kept file. */
  async function attempt(deadline: AbortSignal): Promise<boolean> {
    const silent = (received: number) => {
      if (received > 0) return `less than ${minBytesPerSecond} bytes a second came`;
      return done === 0 ? 'no answer came' : 'nothing came';
    };
    const guard = watchdog(deadline, responseTimeout, idle, silent, least);
    try {
      const response = await transport.request(url, { headers: headers(), signal: guard.signal });
      guard.received();
      if (!(await begin(response))) return false;
      report();
      const reader = response.body?.getReader();
      for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
        guard.received(piece.value.length);
        done += piece.value.length;
        if (!isExact && done > (total ?? done)) total = undefined;
        if (done > (total ?? maxBytes) || done > maxBytes) {
          const sent = done;
          await reader?.cancel().catch(() => {});
          refuse(
            done > maxBytes
              ? `sent more than the ${maxBytes} bytes that are taken. Raise maxBytes if that is right`
              : `sent more than ${total} bytes (${sent}), it is not the expected file. Fetch it by other means, and pass the file`,
          );
        }
        await sink.write(piece.value);
        report();
      }
      if (isExact && total !== undefined && done < total) throw new ConnectionBroken('connection broke off');
      return true;
    } catch (error) {
      if (signal?.aborted)
        throw new ZooError('interrupted', `${url.href}: the download was stopped after ${done} bytes.`);
      throw guard.signal.aborted ? guard.signal.reason : error;
    } finally {
      guard.stop();
    }
  }

  const overall = watchdog(signal, limit, limit, () => 'it was not done');
  let furthest = 0;
  try {
    for (let failures = 1; ; failures++) {
      try {
        const came = await attempt(overall.signal);
        return { unchanged: !came, bytes: done, responseHeaders };
      } catch (error) {
        // Only network errors are retried: a full disk stays full.
        if (!isUnreachable(error)) throw error;
        // Otherwise a few more bytes per attempt would be retried for ever.
        if (done >= furthest + Math.max(1, least)) failures = 1;
        furthest = Math.max(furthest, done);
        const most = furthest === 0 && isConnectionRefused(error) ? Math.min(attempts, 2) : attempts;
        if (failures >= most || overall.signal.aborted || (furthest === 0 && isHostUnreachable(error)))
          refuse(`cannot be fetched, ${explain(error)}${reached()}. Check the address and the connection`, error);
        await wait(pause * 2 ** (failures - 1), overall.signal);
        if (signal?.aborted)
          throw new ZooError('interrupted', `${url.href}: the download was stopped after ${done} bytes.`);
      }
    }
  } finally {
    overall.stop();
  }
}
