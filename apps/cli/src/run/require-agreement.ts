import { isDeepStrictEqual } from 'node:util';
import { ZooError } from '@zoo/core';
import { inferShapes, inferWidth, type Layer, type ModelSpec } from '@zoo/spec';
import { presetName, presetOfRecord } from '../families.ts';
import { configured, type NetworkOptions, networkFlags, networkOptionsOf } from '../options/network-options.ts';

/** Layers with their paths. */
const layersOf = (spec: ModelSpec): readonly { path: string; layer: Layer }[] => inferShapes(spec).layers;

/** Filters and units by the path of their layer; those of the last layer are classes. */
const widthsOf = (spec: ModelSpec): Map<string, number> =>
  new Map(
    layersOf(spec).flatMap(({ path, layer }): [string, number][] => {
      if (layer.kind === 'conv') return [[path, layer.filters]];
      return layer.kind === 'dense' && layer.units !== 'classes' ? [[path, layer.units]] : [];
    }),
  );

/** Values that layers have, each once, as an option takes them. */
const valuesOf = (spec: ModelSpec, of: (layer: Layer) => string | undefined): string =>
  [...new Set(layersOf(spec).flatMap(({ layer }) => of(layer) ?? []))].join(' and ') || 'none';

/** What a network has, in the form of each option. */
const found: Readonly<Record<keyof NetworkOptions, (spec: ModelSpec) => string>> = {
  classes: ({ classes }) => String(classes),
  inChannels: ({ input }) => String(input[2]),
  inputSize: ({ input }) => String(input[0]),
  width: (spec) => {
    const preset = presetOfRecord(presetName(spec));
    return String((preset && inferWidth(preset, widthsOf(spec))) ?? "its table's own");
  },
  groups: (spec) =>
    valuesOf(spec, (layer) => (layer.kind === 'conv' && layer.groups > 1 ? String(layer.groups) : undefined)),
  dropout: (spec) => valuesOf(spec, (layer) => (layer.kind === 'dropout' ? String(layer.rate) : undefined)),
  lrn: (spec) =>
    valuesOf(spec, (layer) =>
      layer.kind === 'lrn' ? [layer.size, layer.alpha, layer.beta, layer.k].join(',') : undefined,
    ),
};

/** An option as it is written. */
function written({ lrn, ...others }: NetworkOptions, name: keyof NetworkOptions): string {
  if (name !== 'lrn') return String(others[name]);
  return lrn ? [lrn.size, lrn.alpha, lrn.beta, lrn.k].join(',') : 'none';
}

function agrees(spec: ModelSpec, option: NetworkOptions): boolean {
  if (option.width === undefined)
    return isDeepStrictEqual(layersAndInput(configured(spec, option)), layersAndInput(spec));
  // Several factors round to the same widths.
  const preset = presetOfRecord(presetName(spec));
  return preset !== undefined && isDeepStrictEqual(widthsOf(configured(preset, option)), widthsOf(spec));
}

/** What options change; not the initial values, which weights replace. */
const layersAndInput = (spec: ModelSpec) => ({
  input: spec.input,
  classes: spec.classes,
  layers: layersOf(spec).map(({ layer }) => ('init' in layer ? { ...layer, init: undefined } : layer)),
});

/** In which order options are looked at. */
const order = ['width', 'classes', 'inChannels', 'inputSize', 'groups', 'dropout', 'lrn'] as const;

/** What shapes tell: a file's tensors fit no other value. */
const told: readonly (keyof NetworkOptions)[] = ['classes', 'inChannels', 'width', 'groups'];

/**
 * Sees to it that options say the same of a network as weights do from which it is known.
 *
 * @param name Of the weights, for messages.
 * @param newHead Whether the command has `--new-head`.
 * @throws ZooError `usage` with both values where they say otherwise.
 */
export function requireAgreement(spec: ModelSpec, asked: NetworkOptions, name: string, newHead = false): void {
  const options = networkOptionsOf(asked);
  for (const key of order) {
    if (options[key] === undefined || agrees(spec, { [key]: options[key] })) continue;
    const flag = networkFlags[key];
    const preset = presetName(spec);
    const anew = newHead && key === 'classes' ? ', or pass --new-head for a new last layer' : '';
    const otherwise = told.includes(key) ? anew : `, or pass --model ${preset} too to have it read with ${flag}`;
    throw new ZooError(
      'usage',
      `${flag}: ${name} holds ${preset} with ${flag} ${found[key](spec)}, not ${written(options, key)}. Leave ${flag} out${otherwise}.`,
    );
  }
}
