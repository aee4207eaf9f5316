import { inferShapes, type Layer, type ModelSpec, passesThrough, type Shape } from '@zoo/spec';
import { channelsFirst } from './channels-first.ts';

const square = (size: number): string => `${size} x ${size}`;

/** Settings that differ from their defaults, as `name=value`. */
const settings = (...given: readonly (readonly [name: string, value: number, idle: number])[]): string[] =>
  given.filter(([, value, idle]) => value !== idle).map(([name, value]) => `${name}=${value}`);

/** Text of a box; undefined for a layer that is written on the arrow before the next box. */
function boxText(layer: Layer): string | undefined {
  switch (layer.kind) {
    case 'conv': {
      const more = settings(['stride', layer.stride, 1], ['pad', layer.padding, 0], ['groups', layer.groups, 1]);
      if (layer.connections) more.push(`connections=${layer.connections.flat().length}`);
      return `Conv(${[`kernel=${square(layer.kernel)}`, ...more].join(',')})`;
    }
    case 'maxPool':
    case 'avgPool': {
      const more = settings(['stride', layer.stride, 1], ['pad', layer.padding, 0]);
      const kind = layer.kind === 'maxPool' ? 'max' : 'avg';
      return `Pool(${[kind, `kernel=${square(layer.size)}`, ...more, ...(layer.ceil ? ['ceil'] : [])].join(',')})`;
    }
    case 'subsample':
      return `Subsample(${square(layer.size)})`;
    case 'rbf':
      return 'RBF()';
    case 'adaptiveAvgPool':
      return 'AdaptivePool(avg)';
    case 'dense':
      return 'Linear()';
    default:
      return undefined;
  }
}

function arrowText(layer: Layer): string {
  switch (layer.kind) {
    case 'relu':
      return 'ReLU';
    case 'tanh':
      return 'Tanh';
    case 'batchNorm':
      return 'BatchNorm';
    case 'lrn':
      return layer.region === 'within-channel' ? `LRN(${square(layer.size)})` : `LRN(${layer.size})`;
    case 'dropout':
      return `Dropout(${layer.rate})`;
    default:
      return layer.kind;
  }
}

/** Mermaid would break a box's text at 200 pixels, in the middle of `11 x 11`. */
const keepBoxesOnOneLine = '    %%{init: {"flowchart": {"wrappingWidth": 400}}}%%';

const sizes = (shape: Shape): string => channelsFirst(shape).join(' x ');

/** A, B, ... Z, AA, AB, ... */
const identifier = (index: number): string =>
  (index < 26 ? '' : identifier(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/**
 * A Mermaid flowchart: convolutions, pools and dense layers are boxes with the sizes they give, channels first;
 * layers between them (ReLU, normalisation, dropout, flatten) are written on the arrows.
 *
 * @throws ZooError `spec` when the layers do not fit together.
 */
export function mermaid(spec: ModelSpec): string {
  const lines = ['graph TD;', keepBoxesOnOneLine];
  let from = `A["Input: ${sizes(spec.input)}"]`;
  let boxes = 1;
  let between: string[] = [];
  const arrowTo = (text: string): void => {
    const arrow = between.length === 0 ? '-->' : `-- "${between.join(';')}" -->`;
    const to = identifier(boxes);
    lines.push(`    ${from} ${arrow} ${to}["${text}"];`);
    from = to;
    boxes += 1;
    between = [];
  };
  for (const { layer, output } of inferShapes(spec).layers) {
    const text = boxText(layer);
    if (layer.kind === 'lrn' && passesThrough(layer)) continue;
    if (text === undefined) between.push(arrowText(layer));
    else arrowTo(`${text}: ${sizes(output)}`);
  }
  arrowTo('Output');
  return lines.join('\n');
}
