import { layerText } from '@zoo/inspect';
import type { ShapedLayer, ShapedModel } from '@zoo/spec';
import { escaped, htmlTable } from './html.ts';
import { sizes, thousands } from './numbers.ts';

/** A number over a bar as long as its share of the total. */
function share(part: number, whole: number): string {
  if (part === 0) return '';
  return `<span class="share" style="--share:${((100 * part) / whole).toFixed(1)}%">${thousands(part)}</span>`;
}

function name({ path, layer }: ShapedLayer): string {
  const caffe = layer.caffe === undefined ? '' : ` <span class="aside">${escaped(layer.caffe)}</span>`;
  return `<code>${escaped(path)}</code>${caffe}`;
}

function description({ layer }: ShapedLayer): string {
  const { kind, settings } = layerText(layer);
  return settings === '' ? kind : `${kind} <span class="aside">${settings}</span>`;
}

/** Every layer with what it gives and what it costs. */
export function layerTable({ layers, parameters, multAdds }: ShapedModel): string {
  return htmlTable(
    [
      { title: 'Name' },
      { title: 'Layer' },
      { title: 'Output', numeric: true },
      { title: 'Parameters', numeric: true },
      { title: 'Mult-adds', numeric: true },
    ],
    layers.map((layer) => [
      name(layer),
      description(layer),
      sizes(layer.output),
      share(layer.parameters, parameters),
      share(layer.multAdds, multAdds),
    ]),
    { name: 'layers', total: ['Total', '', '', thousands(parameters), thousands(multAdds)] },
  );
}
