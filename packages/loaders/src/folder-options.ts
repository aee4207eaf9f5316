import type { Dataset, TrainingAndTest } from './dataset.ts';

/** Options of `imageFolder`. */
export interface ImageFolderOptions {
  /** One line about what is left out: files that are no pictures, with their extensions and counts, pictures without a class, and unreadable files. */
  onNotice?: ((line: string) => void) | undefined;
}

/** Options of `imageFolders`. */
export interface ImageFoldersOptions extends ImageFolderOptions {
  /** Fraction of every class that becomes the test part if the folder has none, on average: see `split`. Default 0.1. */
  heldOut?: number;
  /** Chooses that fraction, together with the pictures' names. Default 0. */
  seed?: number;
  /**
   * Applied to each folder's pictures before some are held out, so that every class has some left of those that remain: such as
   * `without` those that `findDamaged` finds. Default: none.
   */
  prepare?: (dataset: Dataset) => Promise<Dataset>;
  /** The folder of the training pictures, in the folder or a path of its own. Default: as `folderParts` finds it. Takes `test` too. */
  training?: string | undefined;
  /** The folder of the test pictures, likewise. */
  test?: string | undefined;
}

/** Where the parts of a folder of pictures are. Each has one sub-folder of pictures a class. */
export interface FolderParts {
  readonly training: string;
  /** Missing where a share of `training` has to be held out. */
  readonly test?: string;
}

/** The shards of a folder's parts: full paths, in order. */
export interface FolderShards {
  readonly training: readonly string[];
  /** Missing where a share of `training` has to be held out. */
  readonly test?: readonly string[];
}

/** What `imageFolders` gives. */
export interface FolderSets extends TrainingAndTest {
  /** Where the pictures lie. Names in both parts are those in `training`, where `test` is missing. */
  readonly parts: FolderParts;
}
