import { imageFolder as folder, imageFolders as folders } from '#files';
import type { Dataset, TrainingAndTest } from './dataset.ts';

/**
 * Pictures on the disk: one sub-folder a class, its name the class's name, sorted as plain text.
 * PNG, JPEG and WebP at any depth inside; each is decoded when it is asked for (see `decodeImage`). Node only.
 *
 * @throws ZooError `not-found` without the folder, `data` for one without classes or a class without pictures,
 *   `usage` in a page. An example of a damaged file rejects with `corrupt-file`.
 */
export const imageFolder: (path: string) => Promise<Dataset> = folder;

export interface ImageFoldersOptions {
  /** Share of every class that becomes the test part where the folder has none of its own. Default 0.1. */
  heldOut?: number;
  /** Chooses that share. Default 0. */
  seed?: number;
}

/**
 * A folder of pictures in two parts: its `train` and its `test` (else `val`, else `validation`) folder, each an
 * `imageFolder` with the same classes; without these, one `imageFolder` of which a share of every class is held out.
 * Node only. Throws as `imageFolder` does.
 */
export const imageFolders: (path: string, options?: ImageFoldersOptions) => Promise<TrainingAndTest> = folders;
