import { elements, ZooError } from '@zoo/core';
import type { Block, Layer, Node } from './layer.ts';
import { layerWeights, type WeightRole } from './layer-weights.ts';
import type { ModelSpec, Shape } from './model-spec.ts';
import { Mismatch, outputShape } from './output-shape.ts';

/** A tensor of a checkpoint: `features.0.weight`. */
export interface Weight {
  name: string;
  role: WeightRole;
  /** PyTorch's layout. */
  shape: readonly number[];
  trainable: boolean;
}

/** A layer at its position in the network. */
export interface ShapedLayer {
  kind: 'layer';
  /** `features.0`. Unique in the model. */
  path: string;
  /** Last part of the path: `0`. */
  name: string;
  layer: Layer;
  input: Shape;
  output: Shape;
  weights: readonly Weight[];
  /** Number of parameters. */
  parameters: number;
  /**
   * Multiplications with an addition for one example, as torchinfo counts them:
   * every parameter of a convolution once per output position, every parameter of other layers once.
   */
  multAdds: number;
}

/** A block at its position in the network. */
export interface ShapedBlock {
  kind: 'block';
  path: string;
  name: string;
  output: Shape;
  nodes: readonly ShapedNode[];
}

export type ShapedNode = ShapedLayer | ShapedBlock;

/** A spec with every size computed. */
export interface ShapedModel {
  spec: ModelSpec;
  /** The tree, as the spec nests it. */
  nodes: readonly ShapedNode[];
  /** Every layer of the tree, in order. */
  layers: readonly ShapedLayer[];
  output: Shape;
  parameters: number;
  multAdds: number;
}

/** Longest path of a layer. */
const maxPathLength = 200;

/** What tfjs-layers takes as the beginning of a variable's name. */
const isName = (path: string): boolean => path.length <= maxPathLength && /^[A-Za-z0-9][\w./-]*$/.test(path);

/** A line of `forward` has a place in the order, but no number among the modules. */
const isModule = (node: Node): boolean => node.kind !== 'flatten' || !node.call;

const sum = (layers: readonly ShapedLayer[], field: 'parameters' | 'multAdds'): number =>
  layers.reduce((total, layer) => total + layer[field], 0);

/**
 * Walks a spec from its input and computes every shape, tensor and count.
 *
 * @throws ZooError `spec` naming the layer, its position and the sizes that clash.
 */
export function inferShapes(spec: ModelSpec): ShapedModel {
  const layers: ShapedLayer[] = [];
  const title = `${spec.family}/${spec.preset}`;

  function placeLayer(layer: Layer, path: string, name: string, input: Shape): ShapedLayer {
    let output: Shape;
    try {
      output = outputShape(layer, input, spec.classes);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      const where = `layer ${layers.length + 1} (${path}, ${layer.kind})`;
      throw new ZooError(
        'spec',
        `${title}: ${where} ${error.message}. The network's input is [${spec.input.join(', ')}]: use a larger one, or change the layer.`,
      );
    }
    const weights = layerWeights(layer, input, output).map((weight) => ({ ...weight, name: `${path}.${weight.role}` }));
    const parameters = weights.reduce((total, { shape, trainable }) => total + (trainable ? elements(shape) : 0), 0);
    const positions = layer.kind === 'conv' ? elements(output.slice(0, -1)) : 1;
    return { kind: 'layer', path, name, layer, input, output, weights, parameters, multAdds: parameters * positions };
  }

  function placeBlock(block: Block, path: string, input: Shape): ShapedBlock {
    const nodes = placeAll(block.layers, `${path}.`, input);
    return { kind: 'block', path, name: block.name, output: nodes.at(-1)?.output ?? input, nodes };
  }

  function placeAll(nodes: readonly Node[], prefix: string, input: Shape): ShapedNode[] {
    const placed: ShapedNode[] = [];
    const taken = new Set<string>();
    let modules = 0;
    let shape = input;
    for (const node of nodes) {
      const name = node.name ?? (isModule(node) ? String(modules) : 'flatten');
      if (isModule(node)) modules += 1;
      if (name === '' || name.includes('.'))
        throw new ZooError(
          'spec',
          `${title}: '${prefix}${name}' has '${name}' for a name, but dots separate names: give it one without.`,
        );
      if (!isName(`${prefix}${name}`))
        throw new ZooError(
          'spec',
          `${title}: '${prefix}${name}' cannot be the name of a tensor in TensorFlow.js: letters of English, digits, _, - and / are, up to ${maxPathLength} of them, the first a letter or a digit.`,
        );
      if (taken.has(name))
        throw new ZooError(
          'spec',
          `${title}: '${prefix}${name}' stands for two layers: give one of them another name.`,
        );
      taken.add(name);
      const path = `${prefix}${name}`;
      const next = node.kind === 'block' ? placeBlock(node, path, shape) : placeLayer(node, path, name, shape);
      if (next.kind === 'layer') layers.push(next);
      placed.push(next);
      shape = next.output;
    }
    return placed;
  }

  const nodes = placeAll(spec.layers, '', spec.input);
  const output = layers.at(-1)?.output ?? spec.input;
  if (output.length !== 1 || output[0] !== spec.classes)
    throw new ZooError(
      'spec',
      `${title}: gives [${output.join(', ')}], but has ${spec.classes} classes: end it with dense('classes') or rbf().`,
    );
  return { spec, nodes, layers, output, parameters: sum(layers, 'parameters'), multAdds: sum(layers, 'multAdds') };
}
