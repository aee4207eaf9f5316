import { alexnetFamily } from '@zoo/alexnet';
import { cifar10Weights } from '@zoo/cifar10-weights';
import { lenetFamily } from '@zoo/lenet';
import { type Family, type FoundRecipe, type ModelSpec, presetOf, recipesOf } from '@zoo/spec';
import { zfnetFamily } from '@zoo/zfnet';

/** The AlexNets, with the weights that were trained here. */
const alexnets: Family = { ...alexnetFamily, knownWeights: { ...alexnetFamily.knownWeights, ...cifar10Weights } };

/** The package of the weights that come with the zoo. */
export const shippedIn = '@zoo/cifar10-weights';

/** The families of networks that the command line knows. */
export const families: readonly Family[] = [alexnets, zfnetFamily, lenetFamily];

/** Every preset of every family, as `zoo presets` lists them. */
export const allPresets: readonly ModelSpec[] = families.flatMap(({ presets }) => Object.values(presets));

/** The name of a network's preset with its family: `alexnet/paper`. */
export const presetName = ({ family, preset }: Pick<ModelSpec, 'family' | 'preset'>): string => `${family}/${preset}`;

/** Every named recipe of every family, as `zoo recipes` lists them. */
export const allRecipes: readonly FoundRecipe[] = recipesOf(families);

/**
 * The table of a preset: `alexnet/paper`, or `modern`, where one family alone has it.
 *
 * @throws ZooError `unknown-name` with the nearest name, `usage` for a name that several families have.
 */
export const presetNamed = (name: string): ModelSpec => presetOf(name, families);

/** The preset that a run's record names, `alexnet/paper`; nothing where this zoo has none of that name. */
export const presetOfRecord = (name: string): ModelSpec | undefined =>
  allPresets.find((spec) => presetName(spec) === name);

/** Whether a name begins as that of a preset does: with a family. */
export const namesPreset = (name: string): boolean => families.some((family) => name.startsWith(`${family.name}/`));

/** Whether it is a preset's name without its family: `torchvision`. */
export const isPresetName = (name: string): boolean => allPresets.some(({ preset }) => preset === name);

/** Names of the weights that are known for a preset, `alexnet/torchvision`. */
export const weightsFor = (preset: string): string[] =>
  families.flatMap(({ name: family, knownWeights }) =>
    Object.entries(knownWeights).flatMap(([name, weights]) => (`${family}/${weights.preset}` === preset ? [name] : [])),
  );
