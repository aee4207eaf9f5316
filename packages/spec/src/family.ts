import { nearestName, ZooError } from '@zoo/core';
import { configure } from './configure.ts';
import type { KnownWeights } from './known-weights.ts';
import type { ModelSpec } from './model-spec.ts';
import type { NamedRecipe } from './recipe.ts';

/** Networks that belong together, as their package lists them. Plain data: no code that builds tensors. */
export interface Family {
  /** The part of a preset's name before the slash: `alexnet`. */
  name: string;
  /** Display name: `AlexNet`. */
  title: string;
  /** Tables by name. */
  presets: Readonly<Record<string, ModelSpec>>;
  /** Published and shipped weights by name. A name is used by one family only. */
  knownWeights: Readonly<Record<string, KnownWeights>>;
  /** Ways to train its networks, by name. A name is used by one family only. */
  recipes: Readonly<Record<string, NamedRecipe>>;
}

/** Weights of a family, with the network that they are for. */
export interface FoundWeights {
  name: string;
  family: Family;
  weights: KnownWeights;
  /** The preset with the options and the preprocessing that the weights were trained with. */
  spec: ModelSpec;
}

/** The error for a name that nothing has, with the nearest one. */
export function unknownName(what: string, name: string, known: readonly string[], nearest?: string): ZooError {
  const suggestion = nearest === undefined ? '.' : `; did you mean ${nearest}?`;
  return new ZooError('unknown-name', `${name}: ${what}${suggestion} Known: ${known.join(', ') || 'none'}.`);
}

/**
 * The table of a preset, by its name with the family, `alexnet/paper`, or without, where one family alone has it.
 *
 * @throws ZooError `unknown-name` with the nearest name, `usage` for a name that several families have.
 */
export function presetOf(name: string, families: readonly Pick<Family, 'name' | 'presets'>[]): ModelSpec {
  const all = families.flatMap(({ name: family, presets }) =>
    Object.entries(presets).map(([preset, spec]) => ({ preset, full: `${family}/${preset}`, spec })),
  );
  const found = all.filter(({ preset, full }) => name === full || name === preset);
  const [one, other] = found;
  if (one && !other) return one.spec;
  if (one)
    throw new ZooError(
      'usage',
      `${name}: is a preset of several families. Name one: ${found.map(({ full }) => full).join(' or ')}.`,
    );
  const [, stated, short = ''] = /^(?:(.*)\/)?(.*)$/.exec(name) ?? [];
  // Of the family that the name is near to, where there is one: `lenet` alone means one of LeNet's.
  const family = nearestName(
    stated ?? short,
    families.map((one) => one.name),
  );
  const own = all.filter(({ full }) => full.startsWith(`${family}/`));
  const near = (rows: typeof all) => {
    const preset = nearestName(
      short,
      rows.map((row) => row.preset),
    );
    return rows.find((row) => row.preset === preset);
  };
  const nearest = near(own) ?? (stated === undefined && short === family ? own[0] : undefined) ?? near(all) ?? own[0];
  throw unknownName(
    'there is no such preset',
    name,
    all.map(({ preset, full }) => (families.length > 1 ? full : preset)),
    nearest?.full,
  );
}

/** Whether a family has weights of this name. */
export const isKnownWeights = (name: string, families: readonly Family[]): boolean =>
  families.some(({ knownWeights }) => Object.hasOwn(knownWeights, name));

/**
 * Weights by their name.
 *
 * @throws ZooError `unknown-name` with the nearest name.
 */
export function knownWeightsOf(name: string, families: readonly Family[]): FoundWeights {
  for (const family of families) {
    const weights = Object.hasOwn(family.knownWeights, name) ? family.knownWeights[name] : undefined;
    if (!weights) continue;
    const preset = configure(presetOf(weights.preset, [family]), weights.options);
    return { name, family, weights, spec: { ...preset, preprocessing: weights.preprocessing } };
  }
  const names = families.flatMap(({ knownWeights }) => Object.keys(knownWeights));
  throw unknownName('no weights are known by that name', name, names, nearestName(name, names));
}
