import { imageFolder as folder, imageFolders as folders, listPictures as list } from '#files';
import type { Dataset, TrainingAndTest } from './dataset.ts';
import type { ImageFolderOptions, ImageFoldersOptions } from './folder-options.ts';
import type { ListPicturesOptions, PictureList } from './pictures/picture-list.ts';

/**
 * Pictures on the disk: one sub-folder a class, its name the class's name, sorted as plain text.
 * All formats of `decodeImage`, by the ends of their names, at any depth inside; each is decoded when it is asked for.
 * What is hidden or left by a system (`._cat.png`, `__MACOSX`, `@eaDir`, `Thumbs.db`) is neither picture nor class. Node only.
 *
 * @throws ZooError `not-found` without the folder, `data` for one without classes or a class without pictures,
 *   `usage` in a page. An example of a damaged file rejects with `corrupt-file`.
 */
export const imageFolder: (path: string, options?: ImageFolderOptions) => Promise<Dataset> = folder;

/**
 * A folder of pictures in two parts: its `train` and its `test` (else `val`, else `validation`) folder, each an
 * `imageFolder` with the same classes; without these, one `imageFolder` of which a share of every class is held out.
 * Node only. Throws as `imageFolder` does.
 */
export const imageFolders: (path: string, options?: ImageFoldersOptions) => Promise<TrainingAndTest> = folders;

/**
 * The pictures in a folder, and how many other files it has. What is hidden or left by a system is neither. Node only.
 *
 * @throws ZooError `not-found` without the folder, `usage` in a page.
 */
export const listPictures: (path: string, options?: ListPicturesOptions) => Promise<PictureList> = list;
