import { elements, ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec, type Shape, type ShapedModel, type ShapedNode } from '@zoo/spec';
import { channelsFirst } from './channels-first.ts';
import { isListed } from './is-listed.ts';
import { thousands, twoDecimals } from './python-number.ts';
import { torchModule } from './torch-module.ts';

const maxDepth = 3;
const shapeWidth = 25;
const minNameWidth = 40;
const bytesPerElement = 4;
/** torchinfo uses Python's size of the input's storage, which includes the object header. */
const bytesPerPythonObject = 64;

/** A line of the table, before it is laid out. */
interface Row {
  depth: number;
  title: string;
  shape: string;
  parameters: string;
}

const parametersOf = (node: ShapedNode): number =>
  node.kind === 'layer' ? node.parameters : node.nodes.reduce((total, inner) => total + parametersOf(inner), 0);

/** Every module with its depth and its number among those of the same depth. */
function rowsOf(model: ShapedModel, batchSize: number): Row[] {
  const shape = (output: Shape) => `[${[batchSize, ...channelsFirst(output)].join(', ')}]`;
  const rows: Row[] = [{ depth: 0, title: model.spec.className, shape: shape(model.output), parameters: '--' }];
  const counted: number[] = [];
  function add(node: ShapedNode, depth: number): void {
    const index = (counted[depth] ?? 0) + 1;
    counted[depth] = index;
    const type = node.kind === 'block' ? 'Sequential' : torchModule(node).type;
    // A block shows only parameters that the rows below it do not show.
    const parameters = node.kind === 'layer' || depth === maxDepth ? parametersOf(node) : 0;
    rows.push({
      depth,
      title: `${type}: ${depth}-${index}`,
      shape: shape(node.output),
      parameters: parameters === 0 ? '--' : thousands(parameters),
    });
    if (node.kind === 'block') for (const inner of node.nodes.filter(isListed)) add(inner, depth + 1);
  }
  for (const node of model.nodes.filter(isListed)) add(node, 1);
  return rows;
}

const branch = (depth: number): string => ['', '├─'][depth] ?? `${'│    '.repeat(depth - 1)}└─`;

function nameWidth(rows: readonly Row[]): number {
  const longest = Math.max(...rows.map(({ depth, title }) => title.length + depth * 5 + 1));
  return longest < minNameWidth ? minNameWidth : Math.ceil(longest / 5) * 5;
}

const megabytes = (bytes: number): string => twoDecimals(bytes / 1e6);

function scaledMultAdds(multAdds: number): string {
  const [unit, size] =
    multAdds >= 1e12 ? ['TERABYTES', 1e12] : multAdds >= 1e9 ? ['GIGABYTES', 1e9] : ['MEGABYTES', 1e6];
  const scaled = multAdds / size;
  const [whole = '', decimals] = (Number.isInteger(scaled) ? String(scaled) : twoDecimals(scaled)).split('.');
  return `(Units.${unit}): ${thousands(Number(whole))}${decimals === undefined ? '' : `.${decimals}`}`;
}

/**
 * The table that torchinfo 1.8 prints for the original: `torchinfo.summary(model, input_size=(batchSize, C, H, W))`,
 * character for character, default columns and depth 3. Shapes are channels first, sizes in millions of bytes, and
 * "Forward/backward pass" counts the outputs of layers with parameters twice, as there.
 *
 * @param options.batchSize Examples in a batch. Default: 1.
 * @throws ZooError `spec` when the layers do not fit together, `usage` for a batch size that is no whole number above 0.
 */
export function summary(spec: ModelSpec, { batchSize = 1 }: { batchSize?: number } = {}): string {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ZooError('usage', `batchSize: must be a whole number above 0, not ${batchSize}.`);
  const model = inferShapes(spec);
  const rows = rowsOf(model, batchSize);
  const width = nameWidth(rows);
  const line = (name: string, shape: string, parameters: string) =>
    `${name.padEnd(width)} ${shape.padEnd(shapeWidth)} ${parameters}`;
  const rule = '='.repeat(width + 2 * shapeWidth);
  const learned = model.layers.filter((layer) => layer.parameters > 0);
  const inputs = batchSize * elements(spec.input) * bytesPerElement + bytesPerPythonObject;
  // Twice: once for the values, once for their gradients.
  const outputs = 2 * batchSize * learned.reduce((total, { output }) => total + elements(output), 0) * bytesPerElement;
  const parameters = model.parameters * bytesPerElement;
  return [
    rule,
    line('Layer (type:depth-idx)', 'Output Shape', 'Param #'),
    rule,
    ...rows
      .filter(({ depth }) => depth <= maxDepth)
      .map(({ depth, title, shape, parameters }) => line(branch(depth) + title, shape, parameters)),
    rule,
    `Total params: ${thousands(model.parameters)}`,
    `Trainable params: ${thousands(model.parameters)}`,
    'Non-trainable params: 0',
    `Total mult-adds ${scaledMultAdds(model.multAdds * batchSize)}`,
    rule,
    `Input size (MB): ${megabytes(inputs)}`,
    `Forward/backward pass size (MB): ${megabytes(outputs)}`,
    `Params size (MB): ${megabytes(parameters)}`,
    `Estimated Total Size (MB): ${megabytes(inputs + outputs + parameters)}`,
    rule,
  ].join('\n');
}
