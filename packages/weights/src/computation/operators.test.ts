import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { openTensors, type StatedLayer } from '@zoo/tensor-files';
import { type OnnxNode, onnxGraphBytes } from '@zoo/tensor-files/onnx';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { requireFit } from '../require-fit.ts';
import { compareWithFile } from './spec-as-stated.ts';

beforeAll(() => tf.setBackend('cpu'));

type Step = readonly [op: string, output: string, inputs: readonly string[], attributes?: OnnxNode['attributes']];

const window = { kernel_shape: [2, 2], strides: [2, 2] };
const around = { pads: [1, 1, 1, 1] };

/** What is otherwise in the small network. */
interface Others {
  /** Operators in front of it, of the first dense layer's weight, and behind it. */
  front?: Step[];
  weight?: Step[];
  behind?: Step[];
  /** Whether it has its first convolution, and the pool behind it. Default: true. */
  first?: boolean;
  pool?: boolean;
  /** Attributes of its first dense layer. */
  gemm?: OnnxNode['attributes'];
  /** Shapes of more tensors. */
  tensors?: Readonly<Record<string, readonly number[]>>;
}

/** The small network, with operators in place of its first ReLU, from `x` to `y`. */
async function graph(
  between: readonly Step[],
  { front = [], weight = [], behind = [], first = true, pool = true, gemm = { transB: 1 }, tensors = {} }: Others = {},
) {
  const conv: Step = ['Conv', 'x', [front.at(-1)?.[1] ?? 'input', 'features.0.weight', 'features.0.bias'], around];
  const steps: Step[] = [
    ...front,
    ...(first ? [conv] : []),
    ...between,
    ...(pool ? [['MaxPool', 'p1', ['y'], window] as const] : []),
    ['Conv', 'c2', ['p1', 'features.3.weight', 'features.3.bias'], around],
    ['Relu', 'r2', ['c2']],
    ['MaxPool', 'p2', ['r2'], window],
    ['Flatten', 'flat', ['p2']],
    ...weight,
    ['Gemm', 'g1', ['flat', weight.at(-1)?.[1] ?? 'classifier.0.weight', 'classifier.0.bias'], gemm],
    ['Relu', 'r3', ['g1']],
    ['Gemm', 'logits', ['r3', 'classifier.2.weight', 'classifier.2.bias'], { transB: 1 }],
    ...behind,
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
      ...Object.entries(tensors).map(([name, shape]) => tensor(name, shape)),
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

/** The first convolution, and an addition behind it. */
const added = (shape: readonly number[], weights: readonly string[] = ['features.0.weight']) =>
  graph(
    [
      ['Conv', 'm', ['input', ...weights], around],
      ['Add', 'a', ['m', 'row']],
      ['Relu', 'y', ['a']],
    ],
    { first: false, tensors: { row: shape } },
  );

describe('an addition behind a convolution', () => {
  it.each([[[4, 1, 1]], [[1, 4, 1, 1]]])('of [%s] is its bias', async (shape) => {
    const file = await added(shape);
    expect(file.tensors.get('row')?.shape).toEqual([4]);
    expect(file.network?.layers[0]?.tensors).toEqual({ weight: 'features.0.weight', bias: 'row' });
  });

  it.each([[[4]], [[1, 1, 1, 4]], [[1, 5, 1, 1]], [[1, 4, 1, 2]], [[]], [[8]]])('of [%s] is none', async (shape) => {
    await expect(load(added(shape))).rejects.toThrow(
      /before c2_Conv \(Conv\) the file has a_Add \(Add\), which is not understood/,
    );
  });

  it('that has a bias is none', async () => {
    await expect(load(added([1, 4, 1, 1], ['features.0.weight', 'features.0.bias']))).rejects.toThrow(/a_Add \(Add\)/);
  });

  it.each<[string, Step, number[]]>([
    ['Unsqueeze', ['Unsqueeze', 'b', ['features.0.bias'], { axes: [1, 2] }], [4]],
    ['Reshape', ['Reshape', 'b', ['features.0.bias'], { shape: [1, 4, 1, 1] }], [4]],
    ['Squeeze', ['Squeeze', 'b', ['row'], { axes: [0] }], [4]],
  ])('of a bias behind %s', async (_, step, shape) => {
    const steps: Step[] = [
      ['Conv', 'm', ['input', 'features.0.weight'], around],
      step,
      ['Add', 'a', ['m', 'b']],
      ['Relu', 'y', ['a']],
    ];
    const file = await graph(steps, { first: false, tensors: { row: [1, 4, 1, 1] } });
    const bias = file.network?.layers[0]?.tensors?.bias ?? '';
    expect(file.tensors.get(bias)?.shape).toEqual(shape);
    expect(compareWithFile(smallSpecs.plain, file)).toMatchObject({ unknown: [], contradictions: [] });
  });
});

describe('windows of other kinds', () => {
  const pool = (op: string, attributes: OnnxNode['attributes']) =>
    load(
      graph(
        [
          ['Relu', 'r', ['x']],
          [op, 'p1', ['r'], { kernel_shape: [2, 2], strides: [2, 2], ...attributes }],
        ],
        { pool: false },
      ),
    );
  it('are told with their figures', async () => {
    await expect(pool('MaxPool', { dilations: [2, 2] })).rejects.toThrow(
      /p1_MaxPool \(MaxPool\) has windows 3 wide, stride 2/,
    );
    await expect(pool('AveragePool', { pads: [1, 1, 1, 1], count_include_pad: 1 })).rejects.toThrow(
      /p1_AveragePool \(AveragePool\), which is not understood/,
    );
  });

  it('a product of the other side is named', async () => {
    const weight: Step[] = [['Identity', 'w', ['classifier.0.weight']]];
    await expect(load(graph([relu], { weight, gemm: { transA: 1, transB: 1 } }))).rejects.toThrow(
      /before g1_Gemm \(Gemm\) the file has g1_Gemm \(Gemm with transA\), which is not understood/,
    );
  });
});

describe('what comes behind the last layer', () => {
  const ends = async (behind: Step[], options: FillOptions = {}, tensors = {}) =>
    load(graph([relu], { behind, tensors }), options);

  it.each<[string, Step[]]>([
    ['Softmax', [['Softmax', 's', ['logits']]]],
    [
      'the largest',
      [
        ['LogSoftmax', 's', ['logits']],
        ['ArgMax', 'a', ['s']],
      ],
    ],
    ['TopK', [['TopK', 's', ['logits', 'one']]]],
    ['another head', [['Gemm', 'o', ['r3', 'other'], { transB: 1 }]]],
  ])('%s changes nothing', async (_, behind) => {
    expect((await ends(behind, {}, { other: [5, 7] })).notes).toEqual([]);
  });

  it('a sigmoid is told, but for a new head', async () => {
    const behind: Step[] = [['Sigmoid', 's', ['logits']]];
    expect((await ends(behind)).notes).toEqual([
      expect.stringMatching(/^ends in a sigmoid \(s_Sigmoid \(Sigmoid\)\): /),
    ]);
    expect((await ends(behind, { head: 'new' })).notes).toEqual([]);
    const file = await graph([relu], { behind });
    expect(requireFit(smallSpecs.plain, file).notes).toHaveLength(1);
  });

  it.each<[string, Step[]]>([
    ['s_Relu (Relu)', [['Relu', 's', ['logits']]]],
    ['s_Mul (Mul)', [['Mul', 's', ['logits', 'one']]]],
    ['s_Tanh (Tanh)', [['Tanh', 's', ['logits']]]],
    ['s_Gemm (Gemm)', [['Gemm', 's', ['logits', 'other'], { transB: 1 }]]],
  ])('%s is refused, but for a new head', async (what, behind) => {
    const tensors = { other: [5, 8] };
    await expect(ends(behind, {}, tensors)).rejects.toThrow(
      `behind logits_Gemm (Gemm) the file has ${what}, but test/plain ends with its logits, so that its outputs would be others. Choose the preset that computes as the file says, or load with computation: 'ignore'`,
    );
    expect((await ends(behind, { head: 'new' }, tensors)).kept).toHaveLength(2);
    expect((await ends(behind, { computation: 'ignore' }, tensors)).loaded).toHaveLength(8);
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
