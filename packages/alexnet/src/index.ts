export { type AlexNetOptions, alexnet, presetSpec } from './alexnet.ts';
export { alexnetFamily } from './family.ts';
export { imagenetClasses } from './imagenet-classes.ts';
export { knownWeights } from './known-weights.ts';
export { type AlexNetPreset, presets } from './presets.ts';
export { type AlexNetRecipe, recipes } from './recipes.ts';
