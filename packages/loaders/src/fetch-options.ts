import type { OnProgress } from '@zoo/core';

/** How a data set that has to be fetched first is fetched. */
export interface FetchOptions {
  /**
   * Folder where data sets are kept. Default: `$ZOO_CACHE`, else `$XDG_CACHE_HOME/zoo`, else `~/.cache/zoo`
   * (`%LOCALAPPDATA%\zoo` on Windows).
   */
  cache?: string;
  /** Stops a download. Nothing half-done is left behind. */
  signal?: AbortSignal;
  /** Bytes of a download, files of a conversion. */
  onProgress?: OnProgress;
  /** One line about anything that did not go as planned: a source that cannot be reached, a damaged file in the cache. */
  onNotice?: (line: string) => void;
}
