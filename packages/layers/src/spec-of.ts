import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { type ModelSpec, parseSpec } from '@zoo/spec';

/** Where a model stores its spec: it is saved and loaded with the model. */
interface ZooMetadata {
  zoo: ModelSpec;
}

const known = new WeakMap<tfl.LayersModel, ModelSpec>();

/** Writes the spec into the model. */
export function storeSpec(model: tfl.LayersModel, spec: ModelSpec): void {
  const metadata: ZooMetadata = { zoo: spec };
  model.setUserDefinedMetadata(metadata);
  known.set(model, spec);
}

/**
 * The spec that a model was built from.
 *
 * @throws ZooError `spec` when the model was not built by the zoo, `usage` for what is no model.
 */
export function specOf(model: tfl.LayersModel): ModelSpec {
  const kept = known.get(model);
  if (kept) return kept;
  // From JavaScript, where no type stands in the way.
  const given: unknown = model;
  if (typeof given !== 'object' || given === null || !('getUserDefinedMetadata' in given))
    throw new ZooError(
      'usage',
      `A model is expected, found ${given === null ? 'null' : `a value of type ${typeof given}`}. Pass one of buildModel() or loadModel().`,
    );
  const metadata: Partial<ZooMetadata> = model.getUserDefinedMetadata() ?? {};
  if (metadata.zoo === undefined)
    throw new ZooError(
      'spec',
      `${model.name}: has no spec, so it was not built by the zoo. Build it with buildModel().`,
    );
  const spec = parseSpec(metadata.zoo, `${model.name}: metadata.zoo`);
  known.set(model, spec);
  return spec;
}
