/** The site shows what the command line knows. The name of a preset is also where its page lies. */
export { allPresets, families, presetName } from '../apps/cli/src/families.ts';
