import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { openTensors, type StatedLayer } from '@zoo/tensor-files';
import { type OnnxNode, onnxGraphBytes } from '@zoo/tensor-files/onnx';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { compareWithFile } from './spec-as-stated.ts';

beforeAll(() => tf.setBackend('cpu'));

type Step = readonly [op: string, output: string, inputs: readonly string[], attributes?: OnnxNode['attributes']];

const window = { kernel_shape: [2, 2], strides: [2, 2] };
const around = { pads: [1, 1, 1, 1] };

/** The small network, with operators in place of its first ReLU, from `x` to `y`, and in front of the first dense layer's weight. */
async function graph(first: readonly Step[], { front = [], weight = [] }: { front?: Step[]; weight?: Step[] } = {}) {
  const steps: Step[] = [
    ...front,
    ['Conv', 'x', [front.at(-1)?.[1] ?? 'input', 'features.0.weight', 'features.0.bias'], around],
    ...first,
    ['MaxPool', 'p1', ['y'], window],
    ['Conv', 'c2', ['p1', 'features.3.weight', 'features.3.bias'], around],
    ['Relu', 'r2', ['c2']],
    ['MaxPool', 'p2', ['r2'], window],
    ['Flatten', 'flat', ['p2']],
    ...weight,
    ['Gemm', 'g1', ['flat', weight.at(-1)?.[1] ?? 'classifier.0.weight', 'classifier.0.bias'], { transB: 1 }],
    ['Relu', 'r3', ['g1']],
    ['Gemm', 'logits', ['r3', 'classifier.2.weight', 'classifier.2.bias'], { transB: 1 }],
  ];
  const shapes = {
    'features.0': [4, 3, 3, 3],
    'features.3': [6, 4, 3, 3],
    'classifier.0': [8, 24],
    'classifier.2': [8, 8],
  };
  const tensor = (name: string, shape: readonly number[]) => ({
    name,
    shape,
    data: () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
  });
  const bytes: Uint8Array[] = [];
  const model = onnxGraphBytes({
    name: 'small',
    nodes: steps.map(([op, output, inputs, attributes]) => ({
      op,
      name: `${output}_${op}`,
      inputs,
      output,
      ...(attributes && { attributes }),
    })),
    tensors: [
      ...Object.entries(shapes).flatMap(([layer, shape]) => [
        tensor(`${layer}.weight`, shape),
        tensor(`${layer}.bias`, shape.slice(0, 1)),
      ]),
      tensor('one', []),
    ],
    input: { name: 'input', shape: ['N', 3, 8, 8] },
    output: { name: 'logits', shape: ['N', 8] },
    metadata: {},
  });
  for await (const piece of model) bytes.push(piece.slice());
  return openTensors(
    new File(
      bytes.map((piece) => Uint8Array.from(piece)),
      'a.onnx',
    ),
  );
}

const load = async (file: ReturnType<typeof graph>, options: FillOptions = {}) =>
  fillModel(buildModel(smallSpecs.plain, { seed: 1 }), await file, options);

const relu: Step = ['Relu', 'y', ['x']];

describe('an operator that is not understood', () => {
  it.each<[string, Step[]]>([
    ['Clip', [['Clip', 'y', ['x', 'one', 'one']]]],
    [
      'LpPool',
      [
        ['Relu', 'r', ['x']],
        ['LpPool', 'y', ['r'], window],
      ],
    ],
    [
      'Mul',
      [
        ['Sigmoid', 's', ['x']],
        ['Mul', 'y', ['x', 's']],
      ],
    ],
    [
      'Div',
      [
        ['Div', 'd', ['x', 'one']],
        ['Erf', 'e', ['d']],
        ['Mul', 'y', ['e', 'x']],
      ],
    ],
    ['ThresholdedRelu', [['ThresholdedRelu', 'y', ['x']]]],
    [
      'Add',
      [
        ['Relu', 'r', ['x']],
        ['Add', 'y', ['r', 'x']],
      ],
    ],
    [
      'Gather',
      [
        ['Relu', 'r', ['x']],
        ['Gather', 'y', ['r', 'one'], { axis: 1 }],
      ],
    ],
  ])('%s is named and refused, and passed on request', async (op, steps) => {
    const message = new RegExp(
      `a\\.onnx: before c2_Conv \\(Conv\\) the file has \\w+_${op} \\(${op}\\), which is not understood, .*computation: 'ignore'`,
    );
    await expect(load(graph(steps))).rejects.toThrow(message);
    expect((await load(graph(steps), { computation: 'ignore' })).loaded).toHaveLength(8);
  });

  it.each(['Gather', 'Div', 'Sub'])('%s in front of the network', async (op) => {
    await expect(load(graph([relu], { front: [[op, 'i', ['input', 'one']]] }))).rejects.toThrow(
      new RegExp(`before x_Conv \\(Conv\\) the file has i_${op} \\(${op}\\), which is not understood`),
    );
  });

  it('makes the weight of a layer', async () => {
    const weight: Step[] = [['Mul', 'w', ['classifier.0.weight', 'one']]];
    await expect(load(graph([relu], { weight }))).rejects.toThrow(
      /before g1_Gemm \(Gemm\) the file has w_Mul \(Mul\), which is not understood/,
    );
  });
});

describe('operators that change nothing', () => {
  it.each<[string, Step[]]>([
    [
      'Dropout and Identity',
      [
        ['Dropout', 'd', ['x']],
        ['Identity', 'i', ['d']],
        ['Relu', 'y', ['i']],
      ],
    ],
    [
      'shapes',
      [
        ['Relu', 'r', ['x']],
        ['Shape', 's', ['r']],
        ['Gather', 'n', ['s', 'one']],
        ['Mul', 'm', ['n', 'one']],
        ['Unsqueeze', 'u', ['m', 'one']],
        ['Concat', 'c', ['u', 'one']],
        ['Reshape', 'y', ['r', 'c']],
      ],
    ],
    [
      "PyTorch's local response normalisation, which is not compared",
      [
        ['Relu', 'r', ['x']],
        ['Mul', 'sq', ['r', 'r']],
        ['Unsqueeze', 'u', ['sq', 'one']],
        ['Pad', 'p', ['u', 'one']],
        ['AveragePool', 'a', ['p'], { kernel_shape: [5, 1, 1] }],
        ['Squeeze', 'q', ['a', 'one']],
        ['Mul', 'm', ['q', 'one']],
        ['Add', 'k', ['m', 'one']],
        ['Pow', 'b', ['k', 'one']],
        ['Div', 'y', ['r', 'b']],
      ],
    ],
  ])('%s', async (_, steps) => {
    const file = await graph(steps);
    expect(compareWithFile(smallSpecs.plain, file)).toMatchObject({ unknown: [], contradictions: [] });
    expect((await load(graph(steps))).loaded).toHaveLength(8);
  });
});

describe('layers of Keras', () => {
  const stated = (className: string, name: string) => ({
    class_name: 'Sequential',
    config: [
      { class_name: 'Conv2D', config: { name: 'c' } },
      { class_name: className, config: { name } },
      { class_name: 'Dense', config: { name: 'd' } },
    ],
  });
  it.each<[string, string, StatedLayer['kind']]>([
    ['Lambda', 'flip', 'other'],
    ['UnitNormalization', 'n', 'other'],
    ['GroupNormalization', 'n', 'other'],
    ['LayerNormalization', 'n', 'other'],
    ['Lambda', 'lrn_1', 'unsaid'],
    ['LocalResponseNormalization', 'n', 'unsaid'],
  ])('%s of the name %s are %s', async (className, name, kind) => {
    const file = await openTensors([
      new File(
        [
          JSON.stringify({
            format: 'layers-model',
            modelTopology: { model_config: stated(className, name) },
            weightsManifest: [],
          }),
        ],
        'model.json',
      ),
    ]);
    expect(file.network?.layers[1]?.kind).toBe(kind);
  });
});
