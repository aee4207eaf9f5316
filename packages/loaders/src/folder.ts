import {
  imageFolder as folder,
  imageFolders as folders,
  listPictures as list,
  folderParts as parts,
  folderShards as shards,
} from '#files';
import type { Dataset } from './dataset.ts';
import type {
  FolderParts,
  FolderSets,
  FolderShards,
  ImageFolderOptions,
  ImageFoldersOptions,
} from './folder-options.ts';
import type { ListPicturesOptions, PictureList } from './pictures/picture-list.ts';

/**
 * Pictures on the disk: one sub-folder a class, its name the class's name, sorted as plain text.
 * A picture's `nameOf` is its path in the folder, `cat/2024/1.jpg`, the same on every system; its `hashOf` reads its file.
 * All formats of `decodeImage`, by the ends of their names, at any depth inside; each is decoded when it is asked for.
 * Hidden files and those that operating systems create (`._cat.png`, `__MACOSX`, `@eaDir`, `Thumbs.db`) are ignored. Node only.
 *
 * @throws ZooError `not-found` without the folder, `data` for one without classes, a class without pictures, a class whose folder
 *   cannot be read (a broken link, a name that is not UTF-8), or classes that hold
 *   the same sub-folders, or sub-folders beside a class that has none, which are rather parts; `usage` in a page. An example of a damaged file rejects with `corrupt-file`.
 */
export const imageFolder: (path: string, options?: ImageFolderOptions) => Promise<Dataset> = folder;

/**
 * A folder of pictures in two parts, each an `imageFolder` with the same classes, as `folderParts` finds them or as `training` and
 * `test` name them; without a test part, a share of every class is held out by `split`, and at least one picture. A picture's name and
 * the seed decide in which part it is, so that it stays there when others are added or removed. Node only.
 *
 * @throws ZooError as `imageFolder` does, and `data` for fewer than two classes, for parts with different classes, and for a
 *   class of one picture, of which none can be held out.
 */
export const imageFolders: (path: string, options?: ImageFoldersOptions) => Promise<FolderSets> = folders;

/**
 * Finds the training part and the test part of a folder by their names, in any case and with words such as `set` or `images`
 * beside them: `train`, `training`; `test`, `testing`; else `val`, `valid`, `validation`, `eval`, `dev`, `holdout`. Two parts
 * differ in nothing else: `seg_train`, `seg_test`. A training part may be alone beside what is no class: `train` or `labeled`, and
 * `unlabeled`, `extra`, or a folder without pictures. A folder in which there is nothing but one other is that other. Node only.
 *
 * @throws ZooError `not-found` without the folder, `data` for several training parts, `usage` in a page.
 */
export const folderParts: (path: string, options?: ImageFolderOptions) => Promise<FolderParts> = parts;

/**
 * The pictures in a folder, the number of other files, and unreadable entries such as broken links. Hidden files and those of operating systems are ignored. Node only.
 *
 * @throws ZooError `not-found` without the folder, `usage` in a page.
 */
export const listPictures: (path: string, options?: ListPicturesOptions) => Promise<PictureList> = list;

/**
 * Finds the shards of a folder, for `webDataset`: tar archives (`.tar`, `.tar.gz`, `.tgz`) in it, of which words in their names tell the
 * training and the test part as in `folderParts` (`train-000.tar`, `imagenet-val-000.tar`), or sub-folders of them that are called so. All
 * are for training where none is called so. Node only.
 *
 * @returns Nothing for a folder without shards, or with sub-folders of pictures: an `imageFolder`.
 * @throws ZooError `not-found` without the folder, `usage` in a page.
 */
export const folderShards: (path: string, options?: ImageFolderOptions) => Promise<FolderShards | undefined> = shards;
