/** What a caller may ask of a backend. */
export interface BackendOptions {
  /** Threads of the wasm backend, at most 8. Default: the machine's cores, at most 4. Fixed once the backend has started. */
  threads?: number;
}

/** How a backend came up. */
export interface Started {
  threads: number;
  /** One line for people: what is used, and what is not and why. */
  detail: string;
}

/** One backend: a file in `candidates/`, a row in `candidates.ts`. */
export interface Candidate {
  /** Name in tfjs's registry of backends. */
  tfjsName: string;
  /** How to get it where it is missing. */
  fix: string;
  /** Loads its packages. Throws where they are missing. */
  load(): Promise<void>;
  /** Makes it tfjs's backend. Throws where it does not start. */
  start(options: BackendOptions): Promise<Started>;
}
