import { damaged } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import type { MeteredBytes } from '../../meter.ts';
import { PickleCutShort, readPickle } from '../pickle/read-pickle.ts';
import { openZip } from '../zip/open-zip.ts';
import { pytorchGlobals, storageOf } from './globals.ts';
import { findStateDicts } from './state-dict.ts';
import { openStateDicts, type Storages } from './tensors.ts';
import { withUnknown } from './unknown-globals.ts';

/** A state dict has some hundred bytes of pickle a tensor. */
export const maxPickleBytes = 16 * 2 ** 20;

/**
 * PyTorch's files since 1.6: a zip archive of `NAME/data.pkl`, `NAME/data/0`, ..., `NAME/byteorder` and texts in
 * `NAME/extra/` (torch/serialization.py, caffe2/serialize/inline_container.cc).
 *
 * @throws ZooError `corrupt-file` when it is damaged, names what can only be there to do harm, or holds no dict of tensors.
 */
export async function readPytorch(source: MeteredBytes): Promise<Contents> {
  const zip = await openZip(source);
  const pickle = [...zip.entries.values()].find(({ name }) => /^([^/]+\/)?data\.pkl$/.test(name));
  if (!pickle) throw damaged(source.name, 'holds no data.pkl, so it is no file of PyTorch');
  if (pickle.size > maxPickleBytes)
    throw damaged(source.name, `has a pickle of ${pickle.size} bytes, more than ${maxPickleBytes}`);
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const whole = async (name: string, limit: number) => {
    const entry = zip.entries.get(folder + name);
    if (!entry) return undefined;
    const length = Math.min(entry.size, limit);
    source.meter.spend('bytes', length);
    return new TextDecoder().decode(await zip.read(entry, 0, length));
  };
  const storages: Storages = {
    meter: source.meter,
    bigEndian: (await whole('byteorder', 10)) === 'big',
    async find({ key }) {
      const entry = zip.entries.get(`${folder}data/${key}`);
      return entry && zip.bytes(entry);
    },
  };
  const texts: [string, string][] = [];
  for (const name of zip.entries.keys())
    if (name.startsWith(`${folder}extra/`)) {
      const text = await whole(name.slice(folder.length), maxPickleBytes);
      texts.push([name.slice(`${folder}extra/`.length), text ?? '']);
    }
  const place = source.name;
  const state = await zip.read(pickle, 0, pickle.size);
  try {
    const { states, notes } = await withUnknown(source, storages.bigEndian, ({ unknown, plain, notes, passed }) => {
      const load = storageOf.bind(undefined, place);
      const world = { globals: pytorchGlobals(place), unknown, load, meter: source.meter };
      const value = plain(readPickle(state, 0, place, world).value);
      return { states: findStateDicts(value, place, passed), notes: notes() };
    });
    const contents = await openStateDicts(states, storages, place);
    return { ...contents, notes, metadata: { ...contents.metadata, ...Object.fromEntries(texts) } };
  } catch (error) {
    if (error instanceof PickleCutShort)
      throw damaged(place, `has a pickle that is cut short at ${state.length} bytes`);
    throw error;
  }
}
