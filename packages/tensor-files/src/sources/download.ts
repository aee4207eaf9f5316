import { type OnProgress, ZooError } from '@zoo/core';

/** Where the bytes of a download go. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void> | void;
  /** What came so far is to be forgotten: the file has changed on its server, or the server cannot go on in the middle. */
  restart(): Promise<void> | void;
}

/** How long a download waits, and how often it tries again. */
export interface Patience {
  /** Milliseconds without a byte after which a connection counts as broken. */
  silence: number;
  /** Attempts in a row that bring nothing new. */
  attempts: number;
  /** Milliseconds before the second attempt; doubled each time. */
  pause: number;
}

const usualPatience: Patience = { silence: 30_000, attempts: 5, pause: 500 };

export interface DownloadOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  patience?: Patience;
}

/** A connection that broke off: the next one can go on. */
class Broken extends Error {}

/** What the server says that stands for this very version of the file. */
const validatorOf = ({ headers }: Response): string | undefined => {
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : (headers.get('last-modified') ?? undefined);
};

/** Length of the body, unless it is packed on the way. */
function lengthOf({ headers }: Response): number | undefined {
  const encoding = headers.get('content-encoding') ?? 'identity';
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) && encoding === 'identity' ? Number(length) : undefined;
}

/** What an error of `fetch` is about. */
function origin(error: unknown): { cause: unknown; code: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { cause, code: cause instanceof Error && 'code' in cause ? String(cause.code) : '' };
}

/** Nobody is there, or there is no network: to ask again at once would not help. */
const isNobody = (error: unknown): boolean =>
  ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH'].includes(origin(error).code);

const words = (error: unknown): string => {
  const { cause, code } = origin(error);
  const known: Record<string, string> = {
    ENOTFOUND: 'host not found',
    EAI_AGAIN: 'host not found',
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection broke off',
    UND_ERR_SOCKET: 'connection broke off',
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
};

/** Aborts when nothing was heard for a while. */
function watch(limit: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new Broken(`nothing came for ${limit / 1000} s`)), limit);
  };
  heard();
  const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal;
  return { signal, heard, stop: () => clearTimeout(timer) };
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Fetches a file. When the connection breaks off it goes on in the middle (`Range`), provided the server vouches for it being the
 * same file still (`If-Range`); otherwise it begins anew.
 *
 * @returns How many bytes came: exactly as many as the server announced, where it did.
 * @throws ZooError `network` when it cannot be fetched, `interrupted` when the signal was aborted.
 */
export async function download(url: URL, sink: Sink, options: DownloadOptions = {}): Promise<number> {
  const { onProgress, signal, patience = usualPatience } = options;
  const task = `download ${decodeURIComponent(url.pathname.split('/').at(-1) || url.host)}`;
  let done = 0;
  let total: number | undefined;
  let validator: string | undefined;

  const refuse = (what: string, cause?: unknown): never => {
    throw new ZooError('network', `${url.href}: ${what}.`, { cause });
  };
  const restart = async () => {
    done = 0;
    await sink.restart();
  };

  /** Checks that an answer fits what is here already. */
  async function begin(response: Response): Promise<void> {
    if (response.status === 206 && done > 0) {
      const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
      const whole = range?.[3] === '*' ? total : Number(range?.[3]);
      if (!range || Number(range[1]) !== done || whole !== total || Number(range[2]) !== (total ?? 0) - 1) {
        await response.body?.cancel();
        refuse(
          `was asked for bytes ${done} to ${(total ?? 0) - 1} of ${total}, and answered '${response.headers.get('content-range') ?? 'no range'}'. Fetch it by other means, and pass the file`,
        );
      }
      return;
    }
    if (response.status === 416 && done > 0) {
      await response.body?.cancel();
      await restart();
      throw new Broken('it cannot go on in the middle');
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      const what = `answered ${response.status} ${response.statusText}`.trim();
      // Servers that are busy or being restarted say so with these.
      if (response.status === 429 || response.status >= 500) throw new Broken(what);
      refuse(`${what}. Check the address`);
    }
    if (done > 0) await restart();
    total = lengthOf(response);
    validator = validatorOf(response);
  }

  async function attempt(): Promise<void> {
    const guard = watch(patience.silence, signal);
    try {
      // A length on the way other than the file's would make it impossible to go on in the middle.
      const headers: Record<string, string> = { 'Accept-Encoding': 'identity' };
      if (done > 0 && validator !== undefined && total !== undefined) {
        headers.Range = `bytes=${done}-`;
        headers['If-Range'] = validator;
      }
      const response = await fetch(url, { headers, signal: guard.signal });
      await begin(response);
      onProgress?.({ task, done, ...(total !== undefined && { total }), unit: 'bytes' });
      const reader = response.body?.getReader();
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        guard.heard();
        done += piece.value.length;
        if (total !== undefined && done > total) {
          await reader?.cancel();
          refuse(`sent more than the ${total} bytes it announced. Fetch it by other means, and pass the file`);
        }
        await sink.write(piece.value);
        onProgress?.({ task, done, ...(total !== undefined && { total }), unit: 'bytes' });
      }
      if (total !== undefined && done < total) throw new Broken('connection broke off');
    } catch (error) {
      if (signal?.aborted)
        throw new ZooError('interrupted', `${url.href}: the download was stopped after ${done} bytes.`);
      throw guard.signal.aborted ? guard.signal.reason : error;
    } finally {
      guard.stop();
    }
  }

  let furthest = 0;
  for (let failures = 1; ; failures++) {
    try {
      await attempt();
      return done;
    } catch (error) {
      // Only the network is tried again: a full disk stays full.
      if (
        !(
          error instanceof Broken ||
          error instanceof TypeError ||
          (error instanceof Error && error.name === 'AbortError')
        )
      )
        throw error;
      if (done > furthest) failures = 1;
      furthest = Math.max(furthest, done);
      if (failures >= patience.attempts || (furthest === 0 && isNobody(error))) {
        const reached = done > 0 ? ` after ${done}${total === undefined ? '' : ` of ${total}`} bytes` : '';
        refuse(`cannot be fetched, ${words(error)}${reached}. Check the address and the connection`, error);
      }
      await wait(patience.pause * 2 ** (failures - 1));
    }
  }
}
