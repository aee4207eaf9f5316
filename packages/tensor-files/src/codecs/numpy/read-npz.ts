import { damaged } from '../../damaged.ts';
import { withoutPartialReads } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import type { StoredTensor } from '../../tensor.ts';
import { openZip } from '../zip/open-zip.ts';
import { namelessNotes, npyTensor } from './read-npy.ts';

/**
 * NumPy's archive of arrays, stored (`savez`) or deflated (`savez_compressed`).
 *
 * @throws ZooError as `readNpy`.
 */
export async function readNpz(source: MeteredBytes): Promise<Contents> {
  const zip = await openZip(source);
  const tensors = new Map<string, StoredTensor>();
  for (const entry of zip.entries.values()) {
    if (!entry.name.endsWith('.npy')) throw damaged(source.name, `holds ${entry.name}, which is no array`);
    source.meter.spend('objects', objectsPerTensor);
    const name = entry.name.slice(0, -'.npy'.length);
    const tensor = await npyTensor(name, await zip.bytes(entry), `${source.name}: ${name}`);
    tensors.set(name, entry.deflated ? withoutPartialReads(tensor) : tensor);
  }
  const all = [...tensors.values()];
  if (all[0]?.unreadable && all.every(({ unreadable }) => unreadable)) throw all[0].unreadable;
  return { tensors, metadata: {}, notes: namelessNotes(all) };
}
