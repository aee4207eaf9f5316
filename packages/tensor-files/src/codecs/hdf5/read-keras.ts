import { damaged } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import { parsedJson } from '../../json.ts';
import type { MeteredBytes } from '../../meter.ts';
import { statedByKeras } from '../keras/stated-by-keras.ts';
import { openZip, type Zip } from '../zip/open-zip.ts';
import type { ZipEntry } from '../zip/zip-entry.ts';
import { readHdf5 } from './read-hdf5.ts';

const maxConfigBytes = 16 * 2 ** 20;

/** A file of an archive as a file of its own. What is deflated cannot be read from the middle, and is unpacked once. */
async function entrySource(zip: Zip, entry: ZipEntry, { name, meter }: MeteredBytes): Promise<MeteredBytes> {
  const { size, deflated } = entry;
  if (!deflated) return { name, meter, ...(await zip.bytes(entry)) };
  // It stays in memory beside the tensors that are read of it.
  meter.spend('bytes', size);
  const bytes = await zip.read(entry, 0, size);
  return { name, meter, size, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/**
 * Keras 3's archive: `model.weights.h5`, and the layers as JSON, which come along as the text `config.json` and, as far as they are
 * understood, as `network`.
 *
 * @throws ZooError as `readHdf5`.
 */
export async function readKeras(source: MeteredBytes): Promise<Contents> {
  const zip = await openZip(source);
  const weights = zip.entries.get('model.weights.h5');
  if (!weights) throw damaged(source.name, 'holds no model.weights.h5, so it is no file of Keras');
  const file = await readHdf5(await entrySource(zip, weights, source));
  const config = zip.entries.get('config.json');
  if (!config || config.size > maxConfigBytes) return file;
  const text = new TextDecoder().decode(await zip.read(config, 0, config.size));
  const network = await statedByKeras(parsedJson(text, source.meter), file.tensors, source.meter);
  return { ...file, metadata: { 'config.json': text }, ...(network && { network }) };
}
