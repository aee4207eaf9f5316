import { ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';

/**
 * Labels are places among the names of classes: the same names in another order would be other classes.
 *
 * @throws ZooError `data` where the classes of both are not the same, in the same order.
 */
export function requireSameClasses(training: Dataset, validation: Dataset): void {
  const place = training.classes.findIndex((name, index) => name !== validation.classes[index]);
  if (place < 0) return;
  throw new ZooError(
    'data',
    `${validation.name}: its class ${place} is ${validation.classes[place]}, but that of ${training.name} is ${training.classes[place]}. Open both with the same classes, in the same order.`,
  );
}

/** @throws ZooError `data` unless a data set has a network's channels, its number of classes, and an example. */
export function requireFit(
  { name, channels, classes, length }: Dataset,
  { family, preset, input, ...spec }: ModelSpec,
): void {
  if (channels !== input[2])
    throw new ZooError(
      'data',
      `${name}: its pictures have ${channels} channel${channels === 1 ? '' : 's'}, but ${family}/${preset} takes ${input[2]}. Build the network with inChannels: ${channels}, or convert the pictures by withChannels(dataset, ${input[2]}).`,
    );
  if (classes.length !== spec.classes)
    throw new ZooError(
      'data',
      `${name}: has ${classes.length} classes, but ${family}/${preset} has ${spec.classes}. Build the network with classes: ${classes.length}.`,
    );
  if (length === 0) throw new ZooError('data', `${name}: has no examples. Choose another folder, or a higher limit.`);
}
