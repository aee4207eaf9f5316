export { batchCount } from './batch-count.ts';
export { type Batch, type BatchOptions, batches } from './batches.ts';
export type { Dataset, Example, TrainingAndTest } from './dataset.ts';
export { cifar10, datasetClasses, datasetFiles, datasets, fashionMnist, mnist } from './datasets.ts';
export type { FetchOptions } from './fetch-options.ts';
export { type DamagedExample, type FindDamagedOptions, findDamaged, without } from './find-damaged.ts';
export { folderParts, imageFolder, imageFolders, listPictures } from './folder.ts';
export type { FolderParts, FolderSets, ImageFolderOptions, ImageFoldersOptions } from './folder-options.ts';
export type { Image, Picture } from './image.ts';
export { type InMemoryOptions, inMemory } from './in-memory.ts';
export {
  type DecodeOptions,
  type DrawnPicture,
  decodeImage,
  type PictureFile,
  type PictureSource,
  type PixelData,
  pictureOf,
} from './picture-of.ts';
export { isPictureName } from './pictures/picture-endings.ts';
export {
  type ListPicturesOptions,
  leftOutNotice,
  type PictureList,
  type UnreadableEntry,
  type UnreadableReason,
  unreadableNotice,
} from './pictures/picture-list.ts';
export { select } from './select.ts';
export type { DatasetFile } from './sets/canonical-files.ts';
export { split } from './split.ts';
export { subset } from './subset.ts';
export type { Transform } from './transform.ts';
export { centerCrop } from './transforms/center-crop.ts';
export { horizontalFlip } from './transforms/horizontal-flip.ts';
export { type NormalizeOptions, normalize } from './transforms/normalize.ts';
export { pad } from './transforms/pad.ts';
export { type ColourComponents, imagenetColours, pcaColour } from './transforms/pca-colour.ts';
export { type RandomCropOptions, randomCrop } from './transforms/random-crop.ts';
export { resize } from './transforms/resize.ts';
export { resizeShorterSide } from './transforms/resize-shorter-side.ts';
export { tenCrop } from './transforms/ten-crop.ts';
export { toGrey, toRgb, withChannels } from './with-channels.ts';
