import type { Dataset, TrainingAndTest } from './dataset.ts';
import type { Picture } from './image.ts';

/**
 * Pictures on the disk: one sub-folder a class, its name the class's name, sorted as plain text.
 * PNG, JPEG and WebP at any depth inside; each is decoded when it is asked for (see `decodeImage`). Node only.
 *
 * @throws ZooError `not-found` without the folder, `data` for one without classes or a class without pictures.
 *   An example of a damaged file rejects with `corrupt-file`.
 */
export const imageFolder = async (folder: string): Promise<Dataset> => (await import('./node.ts')).imageFolder(folder);

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
export const imageFolders = async (folder: string, options: ImageFoldersOptions = {}): Promise<TrainingAndTest> =>
  (await import('./node.ts')).imageFolders(folder, options);

/**
 * Decodes a PNG, JPEG or WebP picture to RGB bytes, turned as its EXIF orientation says. Greys become three equal
 * channels, 16 bits become 8, transparency is dropped (as PIL's `convert('RGB')` does). Node only.
 *
 * @param source The file's bytes, or its path.
 * @param name For messages. Default: the path.
 * @throws ZooError `not-found` without the file, `corrupt-file` for one that is damaged, cut short, or another format.
 */
export const decodeImage = async (
  source: Uint8Array | string,
  name = typeof source === 'string' ? source : 'picture',
): Promise<Picture> => (await import('./node.ts')).decodeImage(source, name);
