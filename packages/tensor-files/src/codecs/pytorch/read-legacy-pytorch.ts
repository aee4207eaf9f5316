import { partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import type { Meter, MeteredBytes } from '../../meter.ts';
import { described, type Pickled, type PickledStorage } from '../pickle/pickled.ts';
import { PickleCutShort, readPickle } from '../pickle/read-pickle.ts';
import { classWithSource, pytorchGlobals, storageOf } from './globals.ts';
import { maxPickleBytes } from './read-pytorch.ts';
import { findStateDicts } from './state-dict.ts';
import { openStateDicts, type Storages } from './tensors.ts';
import type { Unknown } from './unknown.ts';
import { withUnknown } from './unknown-globals.ts';

const magic = 0x1950a86a20f9469cfc6cn;

/** The five pickles at the file's start: magic number, protocol, system, the object itself, keys of storages. */
function readPickles(bytes: Uint8Array, place: string, meter: Meter, { unknown, plain, notes, passed }: Unknown) {
  const storages = new Map<string, PickledStorage>();
  const world = {
    globals: pytorchGlobals(place),
    unknown,
    meter,
    load(id: Pickled) {
      const type = classWithSource(id);
      if (type) return type;
      const storage = storageOf(place, id);
      storages.set(storage.key, storage);
      return storage;
    },
  };
  let at = 0;
  const next = (): Pickled => {
    const { value, end } = readPickle(bytes, at, place, world);
    at = end;
    return value;
  };
  const number = next();
  if (number !== magic) throw damaged(place, `begins with ${described(number)}, not with PyTorch's magic number`);
  const protocol = next();
  if (protocol !== 1001)
    throw unsupported(place, `is of protocol ${described(protocol)}, not 1001`, 'Save it with a newer PyTorch');
  const system = next();
  const states = findStateDicts(plain(next()), place, passed);
  const keys = next();
  if (!Array.isArray(keys)) throw damaged(place, `has ${described(keys)} instead of its storages' keys`);
  const bigEndian = system instanceof Map && system.get('little_endian') === false;
  return { states, keys, storages, bigEndian, notes: notes(), end: at };
}

async function pickles(source: MeteredBytes): Promise<ReturnType<typeof readPickles>> {
  // A storage may begin anywhere behind the pickles, and their length stands nowhere: a little is mostly enough.
  for (const length of [2 ** 18, maxPickleBytes]) {
    try {
      const bytes = await source.read(0, Math.min(length, source.size));
      return await withUnknown(source, false, (unknown) => readPickles(bytes, source.name, source.meter, unknown));
    } catch (error) {
      if (!(error instanceof PickleCutShort)) throw error;
      if (length >= source.size) break;
    }
  }
  throw damaged(source.name, `has pickles that do not end within ${Math.min(source.size, maxPickleBytes)} bytes`);
}

/** Each storage: how many numbers it has (8 bytes), then the numbers. */
async function placeStorages(source: MeteredBytes, { keys, storages, end }: ReturnType<typeof readPickles>) {
  const places = new Map<string, { start: number; size: number }>();
  let at = end;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage || places.has(storage.key)) throw damaged(source.name, `lists ${described(key)} among its storages`);
    if (at + 8 > source.size)
      throw damaged(source.name, `ends at byte ${source.size}, before storage ${described(key)}`);
    const lead = await source.read(at, 8);
    const count = Number(new DataView(lead.buffer, lead.byteOffset, 8).getBigInt64(0, true));
    const size = storage.count * storage.elements.bytes;
    if (count !== storage.count)
      throw damaged(source.name, `has ${count} elements in storage ${described(key)}, but refers to ${storage.count}`);
    if (at + 8 + size > source.size)
      throw damaged(source.name, `ends at byte ${source.size}, but storage ${described(key)} at ${at + 8 + size}`);
    places.set(storage.key, { start: at + 8, size });
    at += 8 + size;
  }
  return places;
}

/**
 * PyTorch's files before 1.6 (torch/serialization.py, `_legacy_save`): five pickles, then the storages.
 *
 * @throws ZooError as `readPytorch`.
 */
export async function readLegacyPytorch(source: MeteredBytes): Promise<Contents> {
  const read = await pickles(source);
  const places = await placeStorages(source, read);
  const storages: Storages = {
    meter: source.meter,
    bigEndian: read.bigEndian,
    async find({ key }) {
      const place = places.get(key);
      return place && partOf(source, place.start, place.size);
    },
  };
  return { ...(await openStateDicts(read.states, storages, source.name)), notes: read.notes };
}
