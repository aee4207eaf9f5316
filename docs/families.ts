/** The site shows what the command line knows. The name of a preset is also where its page lies. */
export { allPresets, allRecipes, families, presetName } from '../apps/cli/src/families.ts';
