import type { Meter } from '../../meter.ts';
import type { StatedLayer, StatedNetwork } from '../../stated-network.ts';
import { pictureSizes } from './picture-sizes.ts';
import { type KerasLayer, keras3Paths, kerasLayers, kerasOperations } from './read-config.ts';
import { type AdaptedStatistics, rescaling } from './rescaling.ts';

type Tensors = NonNullable<StatedLayer['tensors']>;
type Role = keyof Tensors;

/** Last parts of the names of weights. */
const roles: readonly (readonly [Role, RegExp])[] = [
  ['weight', /\/(?:kernel|gamma)(?::\d+)?$/],
  ['bias', /\/(?:bias|beta)(?::\d+)?$/],
  ['running_mean', /\/moving_mean(?::\d+)?$/],
  ['running_var', /\/moving_variance(?::\d+)?$/],
];

/** Names by their first part, where layers look for theirs. */
function byFirstPart(names: readonly string[]): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  for (const name of names) {
    const [first = ''] = name.split('/', 1);
    const same = parts.get(first) ?? [];
    parts.set(first, same);
    same.push(name);
  }
  return parts;
}

/** What a layer takes besides the values of its configuration. */
const objectsPerLayer = 10;

/** Weights by name: `conv1/conv1/kernel:0` of Keras 2, `conv1/kernel` of TensorFlow.js. */
const byName = (names: readonly string[], layer: string): Tensors =>
  Object.fromEntries(
    roles.flatMap(([role, ends]) => {
      const found = names.find((name) => name.startsWith(`${layer}/`) && ends.test(name));
      return found === undefined ? [] : [[role, found]];
    }),
  );

/** Weights that Keras 3 numbers, those that a layer does not have left out. */
function byNumber(names: ReadonlySet<string>, path: string, { className, config }: KerasLayer): Tensors {
  const all: Role[] = /^BatchNorm/.test(className)
    ? ['weight', 'bias', 'running_mean', 'running_var']
    : ['weight', 'bias'];
  const without = [
    ...(config.scale === false ? ['weight'] : []),
    ...(config.center === false || config.use_bias === false ? ['bias'] : []),
  ];
  const own = all.filter((role) => !without.includes(role));
  return Object.fromEntries(
    own.flatMap((role, index) => (names.has(`${path}/${index}`) ? [[role, `${path}/${index}`]] : [])),
  );
}

/**
 * What the configuration of a model of Keras or tf.layers says of its layers, with the names of their weights in the file; nothing
 * where it is none. A configuration that is damaged spoils nothing: the tensors are read all the same.
 */
export function kerasNetwork(
  config: unknown,
  names: readonly string[],
  meter: Meter,
  adapted: ReadonlyMap<string, AdaptedStatistics> = new Map(),
): StatedNetwork | undefined {
  const layers = kerasLayers(config);
  if (layers.length === 0) return undefined;
  meter.spend('objects', layers.length * objectsPerLayer);
  const [all, parts] = [new Set(names), byFirstPart(names)];
  const paths = keras3Paths(layers);
  const sizes = pictureSizes(layers);
  const statistics = new Map(
    layers.flatMap((layer, index): [KerasLayer, AdaptedStatistics][] => {
      if (layer.className !== 'Normalization' || adapted.size === 0) return [];
      const own = [
        `${paths[index]}/`,
        ...[...adapted.keys()].filter((folder) => folder.startsWith(`${layer.config.name}/`)),
      ];
      const [found] = own.flatMap((folder) => adapted.get(folder) ?? []);
      return found ? [[layer, found]] : [];
    }),
  );
  const scaled = rescaling(layers, sizes.counted, statistics);
  const ofPictures = new Set([...sizes.counted, ...scaled.counted]);
  const stated = kerasOperations(layers, ofPictures).flatMap(({ layer, operations }, index): StatedLayer[] => {
    const name = typeof layer.config.name === 'string' ? layer.config.name.slice(0, 200) : '';
    const numbered = byNumber(all, paths[index] ?? '', layer);
    const near = parts.get(name.split('/', 1)[0] ?? '') ?? [];
    meter.spend('operations', 1 + near.length);
    const tensors = Object.keys(numbered).length > 0 ? numbered : byName(near, name);
    return operations.map((operation, at) => ({
      ...operation,
      name,
      type: layer.className,
      ...(at === 0 && Object.keys(tensors).length > 0 && { tensors }),
    }));
  });
  const pictures = { ...scaled.pictures, ...(sizes.size && { size: sizes.size }) };
  return {
    layers: stated,
    ...(Object.keys(pictures).length > 0 && { pictures }),
    ...(scaled.tensors?.length && { parameters: scaled.tensors }),
  };
}
