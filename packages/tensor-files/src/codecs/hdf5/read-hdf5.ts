import { damaged, unsupported } from '../../damaged.ts';
import { unreadableTensor } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import { parsedJson } from '../../json.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import type { StoredTensor } from '../../tensor.ts';
import { statedByKeras } from '../keras/stated-by-keras.ts';
import { readDataset } from './dataset.ts';
import { type FileReader, fileReader } from './file-reader.ts';
import { linksOf } from './group.ts';
import { readMessages } from './object-header.ts';
import { textAttribute } from './text-attribute.ts';

/** How deep groups may lie in groups. Keras has five levels. */
const maxDepth = 32;
const maxNameLength = 1000;

/** Address of the root group, from the superblock (HDF5 File Format Specification, II.A). */
async function rootOf(file: FileReader): Promise<number> {
  const lead = await file.piece(0, 48, 'its superblock');
  lead.skip(8);
  const version = lead.u8();
  if (version > 3)
    throw unsupported(file.name, `is of version ${version} of HDF5, beyond 3`, 'Write it with libver="earliest"');
  lead.skip(version < 2 ? 4 : 0);
  const [addresses, lengths] = [lead.u8(), lead.u8()];
  if (addresses !== 8 || lengths !== 8)
    throw unsupported(
      file.name,
      `has addresses of ${addresses} and lengths of ${lengths} bytes, not 8`,
      'Write it anew',
    );
  const at = { 0: 24, 1: 28, 2: 12, 3: 12 }[version] ?? 12;
  const base = (await file.piece(at, 8, 'its superblock')).u64();
  if (base !== 0)
    throw unsupported(file.name, `begins at byte ${base}, behind other data`, 'Write it without a user block');
  const root = { 0: 24 + 32 + 8, 1: 28 + 32 + 8, 2: 36, 3: 36 }[version] ?? 36;
  return (await file.piece(root, 8, 'its superblock')).u64();
}

/** Sorts `conv2d_10` behind `conv2d_2`: HDF5 keeps names by letters, networks count. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** Every dataset of numbers below a group, by its path. */
async function datasets(file: FileReader, source: MeteredBytes, root: number): Promise<Map<string, StoredTensor>> {
  const found = new Map<string, StoredTensor>();
  // By address. A group may be linked to from several places, also from inside itself, and a dataset have several names.
  const known = new Map<number, StoredTensor | undefined>();
  const visit = async (path: string, address: number, depth: number): Promise<void> => {
    if (depth > maxDepth || path.length > maxNameLength)
      throw damaged(file.name, `has groups in more than ${maxDepth} groups, at ${path.slice(0, 100)}`);
    const same = known.get(address);
    if (same) found.set(path, { ...same, name: path });
    if (known.has(address)) return;
    known.set(address, undefined);
    const messages = await readMessages(file, address);
    const links = await linksOf(file, messages);
    if (!links) {
      file.meter.spend('objects', objectsPerTensor);
      const tensor = await readDataset(path, messages, file, source);
      known.set(address, tensor);
      if (tensor) found.set(path, tensor);
      return;
    }
    for (const { name, address: inner } of links.sort((a, b) => byNumber(a.name, b.name)))
      await visit(path ? `${path}/${name}` : name, inner, depth + 1);
  };
  await visit('', root, 0);
  return found;
}

/** Whether Keras wrote a file with Theano: up to 1.2, the group of a whole model's weights alone says so. */
async function isOfTheano(file: FileReader, root: number): Promise<boolean> {
  const links = (await linksOf(file, await readMessages(file, root))) ?? [];
  const weights = links.find(({ name }) => name === 'model_weights');
  const groups = [root, ...(weights ? [weights.address] : [])];
  const backends = groups.map(async (group) => textAttribute(file, await readMessages(file, group), 'backend'));
  return (await Promise.all(backends)).includes('theano');
}

/** Theano turns filters round by half before it multiplies by them, TensorFlow and PyTorch do not. */
const theanoFilter = ({ name, shape }: StoredTensor, place: string): StoredTensor =>
  unreadableTensor(
    name,
    shape,
    unsupported(
      `${place}: ${name}`,
      'is a filter of Keras on Theano, which is turned by 180 degrees, and read it would give other numbers',
      'Load the model in Keras with the backend TensorFlow, which turns the filters, and save it there',
    ),
  );

/**
 * HDF5 as h5py writes it by default: Keras's `.h5` and `.weights.h5`, and what is kept in a `.keras`. A tensor is named by
 * its path: `conv1/conv1/kernel:0`, `layers/conv2d/vars/0`. What belongs to an optimiser is left out. Groups in the dense
 * form and chunks with the indices of 2016 (`libver="latest"`) are refused by name.
 *
 * The reader is our own because it is lazy: of the libraries one reads a file's bytes whole, and can be led in circles by
 * it, and the other needs a synchronous file system.
 *
 * A whole model of Keras says what it computes in the attribute `model_config`, which comes as `network`.
 *
 * Filters that Keras wrote with Theano are not read: they lie turned by 180 degrees.
 *
 * @throws ZooError `corrupt-file` when it is damaged or holds no numbers.
 */
export async function readHdf5(source: MeteredBytes): Promise<Contents> {
  const file = fileReader(source);
  const root = await rootOf(file);
  const isTurned = await isOfTheano(file, root);
  const tensors = new Map<string, StoredTensor>();
  for (const [path, tensor] of await datasets(file, source, root)) {
    if (/^optimizer(_weights)?\//.test(path)) continue;
    const name = path.replace(/^model_weights\//, '');
    const named = { ...tensor, name };
    tensors.set(name, isTurned && tensor.shape.length === 4 ? theanoFilter(named, source.name) : named);
  }
  if (tensors.size === 0) throw unsupported(source.name, 'holds no numbers', 'Save the weights of a model');
  const config = await textAttribute(file, await readMessages(file, root), 'model_config');
  const network =
    config === undefined ? undefined : await statedByKeras(parsedJson(config, source.meter), tensors, source.meter);
  return { tensors, metadata: {}, ...(network && { network }) };
}
