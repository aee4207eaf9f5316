import { ZooError } from '@zoo/core';
import { inferShapes, type Lrn, type ModelSpec, passesThrough, type ShapedLayer, type ShapedNode } from '@zoo/spec';
import { pythonFloat } from './python-number.ts';
import { torchClasses } from './torch-classes.ts';
import { isPlainTanh, torchAlpha, torchModule } from './torch-module.ts';

/** Words that Python keeps to itself. */
const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield self super'.split(
    ' ',
  ),
);

const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name);

/** A spec may come from an untrusted file: only plain names get into a program. */
function plain(name: string, what: string): string {
  if (/^\w+$/.test(name)) return name;
  throw new ZooError(
    'spec',
    `${what} ${JSON.stringify(name.slice(0, 60))}: is not a valid Python name, expected letters, digits and underscores. Rename it.`,
  );
}

const commented = (text: string): string =>
  text
    .replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, ' ')
    .replaceAll('\\', '/')
    .replaceAll('"', "'");

const list = (values: readonly (number | string)[]): string => `[${values.join(', ')}]`;

const call = (type: string, ...given: readonly (string | false)[]): string =>
  `${type in torchClasses ? '' : 'nn.'}${type}(${given.filter((one) => one !== false).join(', ')})`;

const named = (name: string, value: number | string | boolean, idle: number | string | boolean): string | false =>
  value !== idle && `${name}=${value === true ? 'True' : value}`;

const wholeOrFloat = (value: number): string => (Number.isInteger(value) ? String(value) : pythonFloat(value));

function normalization(layer: Lrn): string {
  if (passesThrough(layer)) return call('Identity');
  const within = layer.region === 'within-channel';
  const settings = [
    `${layer.size}`,
    `alpha=${torchAlpha(layer)}`,
    `beta=${pythonFloat(layer.beta)}`,
    `k=${wholeOrFloat(layer.k)}`,
  ];
  return call(within ? 'WithinChannelLRN' : 'LocalResponseNorm', ...settings);
}

/** `nn.Conv2d(3, 96, kernel_size=11, stride=4)`, as a person would write it: without defaults. */
function construction({ layer, input, output }: ShapedLayer): string {
  const [inputs, outputs] = [input.at(-1) ?? 0, output.at(-1) ?? 0];
  switch (layer.kind) {
    case 'conv':
      return call(
        layer.connections ? 'PartialConv2d' : 'Conv2d',
        `${inputs}`,
        layer.connections ? list(layer.connections.map(list)) : `${outputs}`,
        `kernel_size=${layer.kernel}`,
        named('stride', layer.stride, 1),
        named('padding', layer.padding, 0),
        named('groups', layer.groups, 1),
      );
    case 'dense':
      return call('Linear', `${inputs}`, layer.units === 'classes' ? 'num_classes' : `${outputs}`);
    case 'relu':
      return call('ReLU', 'inplace=True');
    case 'tanh':
      return isPlainTanh(layer)
        ? call('Tanh')
        : call('ScaledTanh', `amplitude=${pythonFloat(layer.amplitude)}`, `gain=${pythonFloat(layer.gain)}`);
    case 'subsample':
      return call('Subsample', `${inputs}`, `${layer.size}`);
    case 'rbf':
      return call(
        'EuclideanRBF',
        `[${layer.codes.map((code) => `\n            ${list(code)},`).join('')}\n        ][:num_classes]`,
      );
    case 'lrn':
      return normalization(layer);
    case 'maxPool':
    case 'avgPool':
      return call(
        layer.kind === 'maxPool' ? 'MaxPool2d' : 'AvgPool2d',
        `kernel_size=${layer.size}`,
        `stride=${layer.stride}`,
        named('padding', layer.padding, 0),
        named('ceil_mode', layer.ceil, false),
      );
    case 'adaptiveAvgPool':
      return call('AdaptiveAvgPool2d', `${layer.size}`);
    case 'batchNorm':
      return call(
        'BatchNorm2d',
        `${outputs}`,
        named('eps', pythonFloat(layer.epsilon), '1e-05'),
        named('momentum', pythonFloat(layer.momentum), '0.1'),
      );
    case 'dropout':
      return call('Dropout', `p=${pythonFloat(layer.rate)}`);
    case 'flatten':
      return call('Flatten');
  }
}

/** A `Sequential` numbers its modules itself; others need names. */
function sequential(nodes: readonly ShapedNode[], indent: string): string {
  const inner = `${indent}    `;
  const numbered = nodes.every(({ name }, index) => name === String(index));
  const lines = nodes.map((node) => {
    const text = constructed(node, inner);
    return numbered ? `${inner}${text},\n` : `${inner}("${plain(node.name, 'layer')}", ${text}),\n`;
  });
  const [open, close] = numbered ? ['nn.Sequential(', ')'] : ['nn.Sequential(OrderedDict([', ']))'];
  return lines.length === 0 ? 'nn.Sequential()' : `${open}\n${lines.join('')}${indent}${close}`;
}

const constructed = (node: ShapedNode, indent: string): string =>
  node.kind === 'block' ? sequential(node.nodes, indent) : construction(node);

const isCall = (node: ShapedNode): boolean => node.kind === 'layer' && node.layer.kind === 'flatten' && node.layer.call;

const needsNames = (nodes: readonly ShapedNode[]): boolean =>
  nodes.some(
    (node) =>
      node.kind === 'block' && (node.nodes.some(({ name }, index) => name !== String(index)) || needsNames(node.nodes)),
  );

/** How to preprocess pictures, for users of the generated program. */
function inputNote({ input: [height, width, channels], preprocessing }: ModelSpec): string {
  const { range, mean, std, channels: order, padding = 0 } = preprocessing;
  return `Input: [batch, ${channels}, ${height}, ${width}], ${channels === 3 ? `${order.toUpperCase()}, ` : ''}${padding === 0 ? '' : `${padding} black pixels on each side, `}pixels from 0 to ${range}, less ${JSON.stringify(mean)}, divided by ${JSON.stringify(std)}.`;
}

/**
 * The network as a Python file: a `torch.nn.Module` as the original's author would have written it, with the same attributes,
 * so that its checkpoints, and those that the zoo writes, load with `strict=True`. Needs PyTorch and nothing else.
 *
 * @throws ZooError `spec` when the layers do not fit together, or a name cannot stand in a program.
 */
export function torchSource(spec: ModelSpec): string {
  const { nodes, layers } = inferShapes(spec);
  const className = plain(spec.className, 'class');
  if (!isIdentifier(className))
    throw new ZooError(
      'spec',
      `class '${className}': is no name of a Python class. Give it one that begins with a letter.`,
    );
  const used = new Set(layers.map((layer) => torchModule(layer).type));
  const classes = Object.entries(torchClasses).flatMap(([name, source]) => (used.has(name) ? [`${source}\n\n`] : []));
  const modules = nodes.filter((node) => !isCall(node));
  const assignments = modules.map((node) => {
    const name = plain(node.name, 'layer');
    const module = constructed(node, '        ');
    return isIdentifier(name)
      ? `        self.${name} = ${module}\n`
      : `        self.add_module("${name}", ${module})\n`;
  });
  const steps = nodes.map((node) => {
    if (isCall(node)) return '        x = torch.flatten(x, 1)\n';
    return isIdentifier(node.name)
      ? `        x = self.${node.name}(x)\n`
      : `        x = self.get_submodule("${node.name}")(x)\n`;
  });
  const last = steps.at(-1)?.replace('x = ', 'return ') ?? '        return x\n';
  return `"""${commented(spec.title)}.

${commented(spec.source)}. Written by the zoo from ${commented(`${spec.family}/${spec.preset}`)}.
${commented(inputNote(spec))}
"""

${needsNames(nodes) ? 'from collections import OrderedDict\n\n' : ''}import torch
${classes.some((source) => source.includes('F.')) ? 'import torch.nn.functional as F\n' : ''}from torch import Tensor, nn


${classes.join('')}class ${className}(nn.Module):
    def __init__(self, num_classes: int = ${spec.classes}) -> None:
        super().__init__()
${assignments.join('')}
    def forward(self, x: Tensor) -> Tensor:
${steps.slice(0, -1).join('')}${last}`;
}
