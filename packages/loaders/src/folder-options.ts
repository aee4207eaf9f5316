/** Options of `imageFolder`. */
export interface ImageFolderOptions {
  /** One line about what is left out: files that are no pictures, with their endings and counts, and pictures of no class. */
  onNotice?: ((line: string) => void) | undefined;
}

/** Options of `imageFolders`. */
export interface ImageFoldersOptions extends ImageFolderOptions {
  /** Share of every class that becomes the test part where the folder has none of its own. Default 0.1. */
  heldOut?: number;
  /** Chooses that share. Default 0. */
  seed?: number;
}
