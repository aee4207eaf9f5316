import { random, ZooError } from '@zoo/core';
import type { Batch, Image } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';
import { evaluationTransforms } from './pipelines.ts';

/**
 * A picture of any size as a network's input, a batch of one: scaled, its middle cut out, normalised.
 *
 * @throws ZooError `data` when the picture's channels are not the network's.
 */
export function preprocess(caller: string, spec: ModelSpec, image: Image): Pick<Batch, 'images' | 'shape'> {
  if (image.channels !== spec.input[2])
    throw new ZooError(
      'data',
      `${caller}: the picture has ${image.channels} channels, but ${spec.family}/${spec.preset} takes ${spec.input[2]}. Decode it with that many.`,
    );
  const { pixels, height, width, channels } = evaluationTransforms(spec).reduce(
    (current, transform) => transform(current, random(0)),
    image,
  );
  return { images: Float32Array.from(pixels), shape: [1, height, width, channels] };
}
