import { parseString } from '@zoo/core';
import { damaged } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import { parseJson } from '../../json.ts';
import type { MeteredBytes } from '../../meter.ts';
import type { OpenSibling } from '../../sources/byte-source.ts';
import type { StoredTensor } from '../../tensor.ts';
import { readSafetensors } from './read-safetensors.ts';

const maxIndexBytes = 100_000_000;
const maxShards = 4096;
/** Objects that an entry takes besides its values. */
const objectsPerEntry = 4;

async function weightMap(source: MeteredBytes): Promise<Map<string, string>> {
  if (source.size > maxIndexBytes) throw damaged(source.name, `has ${source.size} bytes of JSON`);
  const value = parseJson(await source.read(0, source.size), source);
  const map = typeof value === 'object' && value !== null && 'weight_map' in value ? value.weight_map : undefined;
  if (typeof map !== 'object' || map === null) throw damaged(source.name, 'has no weight_map of its shards');
  const entries = Object.entries(map);
  source.meter.spend('objects', entries.length * objectsPerEntry);
  return new Map(entries.map(([name, file]) => [name, parseString(file, `${source.name}: weight_map.${name}`)]));
}

/** Reads a shard by its ending; undefined for one that is of neither kind. */
async function readShard(source: () => Promise<MeteredBytes>, file: string): Promise<Contents | undefined> {
  if (file.endsWith('.safetensors')) return readSafetensors(await source());
  if (!/\.(?:bin|pt|pth)$/.test(file)) return undefined;
  const { readPytorch } = await import('../pytorch/read-pytorch.ts');
  return readPytorch(await source());
}

/**
 * A checkpoint of several files by its index, `model.safetensors.index.json` or `pytorch_model.bin.index.json`, which says where each
 * tensor lies. The shards lie beside it.
 *
 * @throws ZooError `corrupt-file` when a tensor is not where the index says, `not-found` when a shard is missing.
 */
export async function readSharded(source: MeteredBytes, beside: OpenSibling): Promise<Contents> {
  const map = await weightMap(source);
  const files = new Set(map.values());
  if (files.size > maxShards) throw damaged(source.name, `names ${files.size} shards, more than ${maxShards}`);
  const shards = new Map<string, Contents>();
  for (const file of files) {
    const shard = await readShard(() => beside(file), file);
    if (!shard)
      throw damaged(
        source.name,
        `names the shard ${JSON.stringify(file.slice(0, 100))}, which is a file neither of safetensors nor of PyTorch`,
      );
    shards.set(file, shard);
  }
  const tensors = new Map<string, StoredTensor>();
  for (const [name, file] of map) {
    const tensor = shards.get(file)?.tensors.get(name);
    if (!tensor) throw damaged(source.name, `says that ${name.slice(0, 100)} lies in ${file}, where it does not`);
    tensors.set(name, tensor);
  }
  const contents = [...shards.values()];
  return {
    tensors,
    metadata: Object.assign({}, ...contents.map(({ metadata }) => metadata)),
    notes: [...new Set(contents.flatMap(({ notes = [] }) => notes))],
  };
}
