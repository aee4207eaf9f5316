import { isShipped, type KnownWeights } from '@zoo/spec';
import { formats } from '@zoo/weights';
import { type Checkpoint, checkpoints } from '../../packages/weights/src/testing/checkpoints.ts';
import { families } from '../families.ts';
import { escaped, htmlTable } from '../views/html.ts';

const titles: Readonly<Record<string, string>> = {
  pytorch: 'PyTorch, a zip archive',
  'pytorch-legacy': 'PyTorch before 1.6',
  npy: 'NumPy, one array',
  npz: 'NumPy, an archive',
  keras: 'Keras 3',
  hdf5: 'Keras 2 and HDF5',
  safetensors: 'safetensors',
  sharded: 'safetensors or PyTorch in shards, by their index',
  tfjs: 'TensorFlow.js, with its shards',
  caffemodel: 'Caffe, layers of V1 and V2',
  binaryproto: 'Caffe, a mean image',
  onnx: 'ONNX',
};

/** A graph is written from a model, not from tensors alone. */
const written = (name: string, files: unknown): string =>
  name === 'onnx' ? 'a graph that runtimes run' : files ? 'yes' : '';

const formatsTable = (): string =>
  htmlTable(
    [{ title: 'Format' }, { title: 'Endings' }, { title: 'Read' }, { title: 'Written' }],
    formats.map(({ name, endings, files }) => [
      escaped(titles[name] ?? name),
      endings.map((ending) => `<code>${escaped(ending)}</code>`).join(' '),
      name === 'onnx' ? 'the weights' : 'yes',
      written(name, files),
    ]),
  );

const opens = ({ tool, holds, applied }: Checkpoint): string[] => [
  escaped(tool),
  escaped(holds),
  escaped(applied ?? ''),
];
const isRefused = ({ tool, holds, refused }: Checkpoint): string[] => [
  escaped(tool),
  escaped(holds),
  escaped(refused?.because ?? ''),
];

/** Rows that the tests of `@zoo/weights` run over: each file is there, and computes what it did in its tool, or is refused. */
const checkpointsTable = (): string =>
  htmlTable(
    [{ title: 'Written by' }, { title: 'Holds' }, { title: 'Applied' }],
    checkpoints.filter(({ refused }) => !refused).map(opens),
  );

const refusedTable = (): string =>
  htmlTable(
    [{ title: 'Written by' }, { title: 'Holds' }, { title: 'Why' }],
    checkpoints.filter(({ refused }) => refused).map(isRefused),
  );

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '' : `${bytes < 1e7 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6)} MB`;

/** A page that came by https leads to nothing that does not: browsers would refuse it. */
const linkTo = (url: string, html: string): string =>
  url.startsWith('https:') ? `<a href="${escaped(url)}">${html}</a>` : html;

/** Published weights lead to where they are published, those that were trained here to what they reach. */
function linked(name: string, weights: KnownWeights): string {
  const html = `<code>${escaped(name)}</code>`;
  return isShipped(weights) ? `<a href="/guide/accuracy">${html}</a>` : linkTo(weights.url, html);
}

const knownTable = (): string =>
  htmlTable(
    [
      { title: 'Name' },
      { title: 'Preset' },
      { title: 'Test pictures' },
      { title: 'Top-1', numeric: true },
      { title: 'Top-5', numeric: true },
      { title: 'Size', numeric: true },
      { title: 'Licence' },
    ],
    families.flatMap(({ name: family, knownWeights }) =>
      Object.entries(knownWeights).map(([name, weights]) => [
        linked(name, weights),
        `${family}/${weights.preset}`,
        isShipped(weights) ? 'CIFAR-10' : 'ImageNet',
        `${(100 * weights.accuracy.top1).toFixed(1)} %`,
        `${(100 * weights.accuracy.top5).toFixed(1)} %`,
        megabytes(weights.bytes),
        escaped(weights.licence),
      ]),
    ),
  );

export default {
  load: () => ({
    formats: formatsTable(),
    known: knownTable(),
    checkpoints: checkpointsTable(),
    refused: refusedTable(),
  }),
};

export declare const data: { formats: string; known: string; checkpoints: string; refused: string };
