export type { Batch, BatchTransform, MixedLabels, Mixing } from './batch.ts';
export { batchCount } from './batch-count.ts';
export { type BatchOptions, batches } from './batches.ts';
export type { Dataset, Example, TrainingAndTest } from './dataset.ts';
export { cifar10, datasetClasses, datasetFiles, datasets, fashionMnist, mnist } from './datasets.ts';
export type { FetchOptions } from './fetch-options.ts';
export { type DamagedExample, type FindDamagedOptions, findDamaged, without } from './find-damaged.ts';
export { folderParts, folderShards, imageFolder, imageFolders, listPictures } from './folder.ts';
export type {
  FolderParts,
  FolderSets,
  FolderShards,
  ImageFolderOptions,
  ImageFoldersOptions,
} from './folder-options.ts';
export type { Image, Picture } from './image.ts';
export { type InMemoryOptions, inMemory } from './in-memory.ts';
export { cutMix, cutMixArea, cutMixed } from './mixing/cut-mix.ts';
export { mixedUp, mixUp } from './mixing/mix-up.ts';
export { softLabels } from './mixing/mixed-batch.ts';
export { oneOf } from './mixing/one-of.ts';
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
export { type TransformStep, transformsOf } from './transform-step.ts';
export { adjustBrightness } from './transforms/adjust-brightness.ts';
export { adjustContrast } from './transforms/adjust-contrast.ts';
export { adjustHue } from './transforms/adjust-hue.ts';
export { adjustSaturation } from './transforms/adjust-saturation.ts';
export { adjustSharpness } from './transforms/adjust-sharpness.ts';
export { autoContrast } from './transforms/auto-contrast.ts';
export { centerCrop } from './transforms/center-crop.ts';
export { type ColourJitterOptions, colourJitter } from './transforms/colour-jitter.ts';
export { equalize } from './transforms/equalize.ts';
export { horizontalFlip } from './transforms/horizontal-flip.ts';
export { meanImage, subtractMeanImage } from './transforms/mean-image.ts';
export { rotate, shearX, shearY, translateX, translateY } from './transforms/move-pixels.ts';
export { type NormalizeOptions, normalize } from './transforms/normalize.ts';
export { pad } from './transforms/pad.ts';
export { type ColourComponents, imagenetColours, pcaColour, shiftColours } from './transforms/pca-colour.ts';
export { posterize } from './transforms/posterize.ts';
export {
  type RandAugmentOperation,
  type RandAugmentOptions,
  randAugment,
  randAugmentOperations,
} from './transforms/rand-augment.ts';
export type { Area } from './transforms/random-area.ts';
export { type RandomCropOptions, randomCrop } from './transforms/random-crop.ts';
export { erased, type RandomErasingOptions, randomErasing } from './transforms/random-erasing.ts';
export { type RandomResizedCropOptions, randomResizedCrop, resizedCrop } from './transforms/random-resized-crop.ts';
export { resize } from './transforms/resize.ts';
export { resizeShorterSide } from './transforms/resize-shorter-side.ts';
export { solarize } from './transforms/solarize.ts';
export { fiveCrop, tenCrop } from './transforms/ten-crop.ts';
export { expandBraces } from './web-dataset/expand-braces.ts';
export { isShardName } from './web-dataset/shard-name.ts';
export { type WebDatasetOptions, webDataset } from './web-dataset/web-dataset.ts';
export { toGrey, toRgb, withChannels } from './with-channels.ts';
