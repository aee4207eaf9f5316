import { elements } from '@zoo/core';
import { type Bytes, type NamedBytes, partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { contiguousTensor, unreadableTensor } from '../../elements/stored-tensor.ts';
import { toFloat32 } from '../../elements/to-float32.ts';
import type { Contents } from '../../format.ts';
import { parseJson } from '../../json.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import type { OpenSibling } from '../../sources/byte-source.ts';
import type { StatedNetwork } from '../../stated-network.ts';
import type { StoredTensor } from '../../tensor.ts';
import { statedByKeras } from '../keras/stated-by-keras.ts';
import { dtypes, type ManifestWeight, parseModelJson, readAs, storedBytes, storedSize } from './manifest.ts';

/** A topology is some hundred kilobytes. */
const maxJsonBytes = 100_000_000;
/** A group has a shard for every 4 MiB. */
const maxShards = 4096;

/** Files that are one sequence of bytes. */
function joined(shards: readonly NamedBytes[]): Bytes {
  return {
    size: shards.reduce((sum, { size }) => sum + size, 0),
    async read(offset, length, into) {
      const bytes = into ?? new Uint8Array(length);
      let start = 0;
      for (const shard of shards) {
        const from = Math.max(offset, start);
        const to = Math.min(offset + length, start + shard.size);
        if (from < to) bytes.set(await shard.read(from - start, to - from), from - offset);
        start += shard.size;
      }
      return bytes;
    },
  };
}

/** Dequantises stored elements. */
function restored(bytes: Uint8Array, weight: ManifestWeight): Float32Array {
  const stored = toFloat32(bytes.slice(), readAs(weight) ?? 'F32');
  const { quantization, dtype } = weight;
  if (!quantization || quantization.dtype === 'float16') return stored;
  const values = stored.map((value) => value * quantization.scale + quantization.min);
  return dtype === 'int32' ? values.map(Math.round) : values;
}

/** Texts lie one behind the other, each behind its length. Passed over unread, without more memory than one of them has a length. */
async function storedTexts({ shape }: ManifestWeight, group: Bytes, start: number): Promise<number> {
  let end = start;
  for (let left = elements(shape); left > 0 && end + 4 <= group.size; left--) {
    const lead = await group.read(end, 4);
    end += 4 + new DataView(lead.buffer, lead.byteOffset, 4).getUint32(0, true);
  }
  return end - start;
}

function weightTensor(weight: ManifestWeight, bytes: Bytes, place: string): StoredTensor {
  const { name, shape, quantization } = weight;
  const dtype = dtypes[weight.dtype];
  if (!dtype) {
    const what = `holds ${weight.dtype === 'string' ? 'texts' : 'complex numbers'}, which are not read`;
    return unreadableTensor(name, shape, unsupported(`${place}: ${name.slice(0, 100)}`, what, 'Leave it out'));
  }
  if (!quantization) return contiguousTensor({ name, dtype, shape, bytes });
  const size = storedSize(weight);
  return {
    name,
    dtype,
    shape,
    read: async () => restored(await bytes.read(0, bytes.size), weight),
    readPart: async (first, length) => restored(await bytes.read(first * size, length * size), weight),
  };
}

async function readJson(source: MeteredBytes): Promise<unknown> {
  if (source.size > maxJsonBytes)
    throw damaged(source.name, `has ${source.size} bytes of JSON, more than ${maxJsonBytes}`);
  return parseJson(await source.read(0, source.size), source);
}

const graphModel: StatedNetwork = {
  layers: [],
  unread: {
    what: 'is a graph model of TensorFlow.js, which says its computation as operators of TensorFlow and not as layers',
    advice:
      'Convert the model of Keras that it was made of with tensorflowjs_converter --input_format=keras --output_format=tfjs_layers_model, or give that model itself (.keras, .h5)',
  },
};

/**
 * A model.json of TensorFlow.js with its shards, which lie beside it. Its weights are read as they are stored:
 * layouts and names are those of TensorFlow. What a model of tf.layers or Keras says of its layers comes as `network`. Weights that were quantised to float16, uint8 or uint16 come as floats.
 *
 * @throws ZooError `corrupt-file` when it is damaged or a shard's path leads out of its folder, `not-found` when a shard
 *   is missing.
 */
export async function readTfjs(source: MeteredBytes, beside: OpenSibling): Promise<Contents> {
  const { groups, texts, topology, isGraph } = parseModelJson(await readJson(source), source.name);
  if (groups.reduce((sum, { paths }) => sum + paths.length, 0) > maxShards)
    throw damaged(source.name, `names more than ${maxShards} shards`);
  const tensors = new Map<string, StoredTensor>();
  for (const { paths, weights } of groups) {
    const shards: NamedBytes[] = [];
    for (const path of paths) shards.push(await beside(path));
    const group = joined(shards);
    let end = 0;
    for (const weight of weights) {
      const start = end;
      const held = weight.dtype === 'string' ? await storedTexts(weight, group, start) : storedBytes(weight);
      end += held;
      if (end > group.size || tensors.has(weight.name))
        throw damaged(
          source.name,
          tensors.has(weight.name)
            ? `has two weights of the name ${weight.name.slice(0, 100)}`
            : `${weight.name.slice(0, 100)} ends at byte ${end}, but its shards at ${group.size}`,
        );
      source.meter.spend('objects', objectsPerTensor);
      tensors.set(weight.name, weightTensor(weight, partOf(group, start, held), source.name));
    }
    if (end !== group.size)
      throw damaged(source.name, `has shards of ${group.size} bytes, but its weights take ${end}`);
  }
  const network = isGraph ? graphModel : await statedByKeras(topology, tensors, source.meter);
  return { tensors, metadata: texts, ...(network && { network }) };
}
