export { adaptiveAverages } from './adaptive-averages.ts';
export {
  type Augmentation,
  augmentationChannels,
  augmentationProblem,
  augmentationStages,
  type ColourJitter,
  type CutMix,
  fitsChannels,
  type HorizontalFlip,
  type MixUp,
  type PcaColour,
  type RandAugment,
  type RandomCrop,
  type RandomErasing,
  type RandomResizedCrop,
  usualAugmentations,
} from './augmentation.ts';
export { augmentationSizeProblem } from './augmentation-size.ts';
export { augmentationText } from './augmentation-text.ts';
export { configure, type LrnOptions, type SpecOptions } from './configure.ts';
export { type Family, type FoundWeights, isKnownWeights, knownWeightsOf, presetOf } from './family.ts';
export {
  inferShapes,
  type ShapedBlock,
  type ShapedLayer,
  type ShapedModel,
  type ShapedNode,
  type Weight,
} from './infer-shapes.ts';
export { inferWidth } from './infer-width.ts';
export {
  type DescribedWeights,
  isShipped,
  type KnownWeights,
  type PublishedWeights,
  type ShippedWeights,
  shippedWeights,
} from './known-weights.ts';
export * from './layer.ts';
export { layerNamed, nodeNamed, shortLayerNames } from './layer-names.ts';
export type { LayerWeight, WeightRole } from './layer-weights.ts';
export type { ModelSpec, Preprocessing, Shape } from './model-spec.ts';
export { type FoundRecipe, recipeNamed, recipesOf } from './named-recipe.ts';
export { parseAugment } from './parse-augment.ts';
export { parseChangedMultipliers, parseMultipliers } from './parse-refinements.ts';
export { parseOptimizer, parseRecipe, parseSchedule, parseSpec } from './parse-spec.ts';
export type { Adam, AdamW, NamedRecipe, Optimizer, Recipe, Schedule, Sgd } from './recipe.ts';
export { type RecipeForOptions, recipeFor } from './recipe-for.ts';
export type { ChangedMultipliers, Refinements } from './refinements.ts';
export { accuracySpread, parseWeightsCard, type WeightsCard } from './weights-card.ts';
