import type { FetchFileOptions } from '@zoo/fetch';
import type { FileBudget } from '../meter.ts';

/** One file to be read. */
export type FileSource = string | URL | Response | Blob | Uint8Array | ArrayBuffer;

/**
 * A source of tensors: a path (Node), a URL, in a page also a relative one, a `Response`, a Blob or File, a
 * file's bytes, or several Files, of which one is a model.json and the others are its shards.
 */
export type TensorSource = FileSource | Iterable<File>;

/** How a source is opened: expected hashes, the budget, and for a URL how it is fetched and cached. */
export interface OpenOptions extends FetchFileOptions {
  /** What opening the file, and reading one of its tensors, may cost at most. Default: in proportion to its bytes. */
  budget?: FileBudget;
}
