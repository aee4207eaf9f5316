/** The part of a stream that is used: web streams of pages and of Node have it, though their types differ. */
export interface Body {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
  cancel(): Promise<void>;
}

/** The part of `Response` that a download uses. */
export interface HttpResponse {
  status: number;
  statusText: string;
  /** `cors` from another origin than the page's: then only some headers are shown. Left out outside of pages. */
  type?: string;
  headers: { get(name: string): string | null };
  body: Body | null;
}

export interface Request {
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** How a platform requests a file. */
export interface Transport {
  request(url: URL, request: Request): Promise<HttpResponse>;
  /** Whether conditional headers (`If-...`) can be sent to this address: a page may not send them to other origins without a preflight. */
  allowsConditions(url: URL): boolean;
  /** What a relative address is relative to. */
  base(): string | undefined;
}
