import { layerText } from '@zoo/inspect';
import { inferShapes, type ModelSpec, passesThrough, shortLayerNames } from '@zoo/spec';
import type { Terminal } from '../terminal.ts';
import { bytes, rounded, thousands } from './quantities.ts';
import { table } from './table.ts';

const bytesPerParameter = 4;
/** Shorter words for a narrow terminal. */
const shortKinds: Readonly<Record<string, string>> = {
  Convolution: 'Conv',
  'Average pool': 'Avg pool',
  'Adaptive average pool': 'Avg pool',
  'Radial basis functions': 'RBF',
};

/** Every layer of a network: its names, what it gives, what it learns, what it does. Then the sums. */
export function layerTable(
  spec: ModelSpec,
  { colours, columns: width }: Pick<Terminal, 'colours' | 'columns'>,
): string {
  const model = inferShapes(spec);
  const short = shortLayerNames(model);
  // What is switched off keeps its place among the layers, and does nothing.
  const shown = model.layers.filter(({ layer }) => layer.kind !== 'lrn' || !passesThrough(layer));
  const rows = shown.map(({ path, layer, output, parameters }) => {
    const { kind, settings } = layerText(layer);
    return [
      path,
      short.get(path) ?? '',
      output.join(' × '),
      parameters === 0 ? '' : thousands(parameters),
      `${shortKinds[kind] ?? kind} ${settings}`.trim(),
    ];
  });
  const sums = `${thousands(model.parameters)} parameters (${bytes(model.parameters * bytesPerParameter)}), ${rounded(model.multAdds)} mult-adds a picture`;
  return [
    table(
      [
        { title: 'Layer', align: 'left' },
        { title: 'Also', align: 'left' },
        { title: 'Output', align: 'right' },
        { title: 'Parameters', align: 'right' },
        { title: 'What it does', align: 'left', wrap: true },
      ],
      rows,
      { colours, width },
    ),
    '',
    sums,
  ].join('\n');
}
