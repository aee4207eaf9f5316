import type { OnProgress } from '@zoo/core';

/** How a data set that has to be fetched first is fetched. */
export interface FetchOptions {
  /**
   * Where data sets are kept: a folder in Node, the name of a Cache Storage in a page. Default: `$ZOO_CACHE`, else
   * `$XDG_CACHE_HOME/zoo`, else `~/.cache/zoo` (`%LOCALAPPDATA%\zoo` on Windows); in a page `zoo`.
   */
  cache?: string | undefined;
  /**
   * Address of a folder of the web that has the set's canonical files, unpacked, under their own names: a mirror, or your own
   * server. They are checked like those of any other source. A page needs it; its default in Node is the official sources.
   */
  files?: string | URL | undefined;
  /** Aborts a download. No incomplete file is left behind. */
  signal?: AbortSignal | undefined;
  /** Bytes of a download, files of a conversion. */
  onProgress?: OnProgress | undefined;
  /** Called with one line about a problem that was handled: a source that cannot be reached, a damaged file in the cache. */
  onNotice?: ((line: string) => void) | undefined;
}
