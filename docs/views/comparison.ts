import { inferShapes, type ModelSpec } from '@zoo/spec';
import { allPresets, presetName } from '../families.ts';
import { escaped, htmlTable } from './html.ts';
import { rounded, sizes, thousands } from './numbers.ts';

/** Filters of the convolutions, in order: `96 256 384 384 256`. */
const filters = (spec: ModelSpec): string =>
  inferShapes(spec)
    .layers.flatMap(({ layer }) => (layer.kind === 'conv' ? [layer.filters] : []))
    .join(' ');

/** What sets a preset apart from the others. */
function traits(spec: ModelSpec): string {
  const layers = inferShapes(spec).layers.map(({ layer }) => layer);
  const lrn = layers.find((layer) => layer.kind === 'lrn');
  const found = [
    ...(layers.some((layer) => layer.kind === 'conv' && layer.groups > 1) ? ['groups'] : []),
    ...(layers.some((layer) => layer.kind === 'conv' && layer.connections) ? ['partial connections'] : []),
    ...(layers.some((layer) => layer.kind === 'tanh') ? ['tanh'] : []),
    ...(lrn ? [lrn.region === 'within-channel' ? 'LRN within channels' : 'LRN'] : []),
    ...(layers.some((layer) => layer.kind === 'batchNorm') ? ['batch norm'] : []),
    ...(layers.some((layer) => layer.kind === 'dropout') ? ['dropout'] : []),
    ...(layers.some((layer) => layer.kind === 'avgPool') ? ['average pools'] : []),
    ...(layers.some((layer) => layer.kind === 'subsample') ? ['trainable subsampling'] : []),
    ...(layers.some((layer) => layer.kind === 'rbf') ? ['RBF outputs'] : []),
  ];
  return found.join(', ');
}

/** Every preset in a row. */
export function comparison(): string {
  return htmlTable(
    [
      { title: 'Preset' },
      { title: 'What it is' },
      { title: 'Input', numeric: true },
      { title: 'Classes', numeric: true },
      { title: 'Filters' },
      { title: 'Parameters', numeric: true },
      { title: 'Mult-adds', numeric: true },
    ],
    allPresets.map((spec) => {
      const { parameters, multAdds } = inferShapes(spec);
      return [
        `<a href="./${presetName(spec)}">${escaped(presetName(spec))}</a>`,
        `${escaped(spec.title)}.<br><span class="aside">${traits(spec)}</span>`,
        sizes(spec.input),
        thousands(spec.classes),
        filters(spec),
        thousands(parameters),
        rounded(multAdds),
      ];
    }),
    { name: 'comparison' },
  );
}
