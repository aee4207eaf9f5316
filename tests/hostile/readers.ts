import { readFile } from 'node:fs/promises';
import { isZooError, random } from '@zoo/core';
import { buildModel } from '@zoo/layers/build';
import { decodeImage, listPictures, webDataset } from '@zoo/loaders';
import { inferShapes, type ModelSpec, parseRecipe, parseSpec } from '@zoo/spec';
import { elements } from '@zoo/tensor-files';
import { inferSpecs, loadModel, openTensors, type TensorFile } from '@zoo/weights';
import { families, presetNamed } from '../../apps/cli/src/families.ts';
import { jsonOf } from '../../apps/cli/src/run/json-of.ts';
import { readLabels } from '../../apps/cli/src/run/read-labels.ts';
import { readRunPictures } from '../../apps/cli/src/run/run-pictures.ts';
import { readRunRecord } from '../../apps/cli/src/run/run-record.ts';
import { unpackGzip } from '../../packages/fetch/src/packages/gzip.ts';
import { tarEntries } from '../../packages/fetch/src/packages/tar-entries.ts';
import { zipEntries } from '../../packages/fetch/src/packages/zip-entries.ts';
import { decodeJpeg } from '../../packages/loaders/src/jpeg/decode-jpeg.ts';
import { readBatches } from '../../packages/loaders/src/sets/cifar-batch.ts';
import { readIdx } from '../../packages/loaders/src/sets/idx.ts';
import { evaluationTransforms } from '../../packages/trainers/src/pipelines.ts';
import { goOnIn } from './go-on-in.ts';

const json = async (file: string): Promise<unknown> => jsonOf(await readFile(file, 'utf8'), file);

/** How many networks a file may be of: none where it says that it is of another kind. */
function networksOf(file: TensorFile): number {
  try {
    return inferSpecs(file, families).length;
  } catch (error) {
    if (isZooError(error) && error.code === 'weights') return 0;
    throw error;
  }
}

/** Opens a file of weights, looks for the network that it is of, and reads some of its tensors: first, last, largest. */
async function weights(path: string): Promise<string> {
  const file = await openTensors(path);
  try {
    const networks = networksOf(file);
    const tensors = [...file.tensors.values()];
    const [largest] = tensors.toSorted((a, b) => elements(b.shape) - elements(a.shape));
    for (const tensor of new Set([...tensors.slice(0, 3), ...(largest ? [largest] : []), ...tensors.slice(-2)])) {
      const { length } = await tensor.read();
      if (length !== elements(tensor.shape)) throw new Error(`${tensor.name}: ${length} elements of [${tensor.shape}]`);
      if (length > 0 && (await tensor.readPart?.(length - 1, 1))?.length === 0) throw new Error('a part is missing');
    }
    return `${tensors.length} tensors, ${networks} networks`;
  } finally {
    await file.close();
  }
}

async function model(path: string): Promise<string> {
  const { model, labels } = await loadModel(path);
  model.dispose();
  return `${labels.length} classes`;
}

/** Reads a spec, and builds what is small: AlexNet has 244 MB of weights, and its spec 3 kB. */
async function spec(path: string): Promise<string> {
  const parsed = parseSpec(await json(path), path);
  const { parameters } = inferShapes(parsed);
  if (parameters < 1e6) buildModel(parsed).dispose();
  return `${parameters} parameters`;
}

const network: ModelSpec = presetNamed('alexnet/torchvision');

/** Decodes a picture and scales and crops it as networks take it: what is asked for is the last step's pixels. */
async function picture(path: string): Promise<string> {
  const decoded = await decodeImage(path);
  const { height, width } = decoded;
  if (decoded.pixels.length !== height * width * decoded.channels) throw new Error('pixels are missing');
  let image: Parameters<ReturnType<typeof evaluationTransforms>[number]>[0] = decoded;
  for (const transform of evaluationTransforms(network)) image = transform(image, random(0));
  if (image.pixels.length !== 224 * 224 * 3) throw new Error(`${image.pixels.length} values of 224x224x3`);
  return `${width}x${height}`;
}

/** Decodes a picture as workers do: what they decode themselves has the same pixels elsewhere, where it is not refused either. */
async function pictureInWorker(path: string): Promise<string> {
  const own = decodeJpeg(await bytesOf(path));
  const { pixels, width, height } = await decodeImage(path).catch((error: unknown) => {
    throw own ? new Error('a worker decodes what is refused elsewhere', { cause: error }) : error;
  });
  if (own && Buffer.compare(own.pixels, pixels) !== 0) throw new Error('a worker gives other pixels');
  return `${width}x${height}${own ? ', by the worker itself' : ''}`;
}

/** Finds the pictures of a shard, and decodes the first. */
async function shard(path: string): Promise<string> {
  const dataset = await webDataset(path);
  const { pixels, width, height, channels } = await dataset.example(0);
  if (pixels.length !== width * height * channels) throw new Error('pixels are missing');
  return `${dataset.length} pictures, ${dataset.classes.length} classes`;
}

const bytesOf = async (path: string) => new Uint8Array(await readFile(path));
const mebibyte = 2 ** 20;

/** Everything of the zoo that makes sense of bytes from elsewhere, by the path of a file: each says what it found. */
export const readers = {
  weights,
  model,
  spec,
  picture,
  'picture in a worker': pictureInWorker,
  recipe: async (path: string) => parseRecipe(await json(path), path).schedule.kind,
  idx: async (path: string) => `${readIdx(path, await bytesOf(path)).shape}`,
  cifar: async (path: string) => `${readBatches([await bytesOf(path)]).labels.length} pictures`,
  gzip: async (path: string) => `${unpackGzip(await bytesOf(path), 10 * mebibyte).length} bytes`,
  tar: async (path: string) => `${(await tarEntries(path, new Map([['folder/a.bin', mebibyte]]))).size} files`,
  wheel: async (path: string) => `${(await zipEntries(path, new Map([['folder/a.bin', mebibyte]]))).size} files`,
  shard,
  'event file': async (path: string) => goOnIn(await bytesOf(path)),
  'run record': async (path: string) => `${(await readRunRecord(path)).epochs.length} epochs`,
  'run pictures': async (path: string) => `${(await readRunPictures(path)).length} pictures`,
  labels: async (path: string) => `${(await readLabels(path, () => {})).labels.length} labels`,
  folder: async (path: string) => `${(await listPictures(path)).pictures.length} pictures`,
} as const satisfies Readonly<Record<string, (path: string) => Promise<string>>>;

export type ReaderName = keyof typeof readers;
