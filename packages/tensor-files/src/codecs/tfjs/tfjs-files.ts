import { elements, ZooError } from '@zoo/core';
import type { FileToWrite } from '../../format.ts';
import type { NamedTensor } from '../../tensor.ts';

/** TensorFlow.js's own size of a shard, which caches of browsers keep. */
const shardSize = 4 * 2 ** 20;

interface Placed {
  tensor: NamedTensor;
  start: number;
  end: number;
}

const floats = 'F32';

/** int64 does not exist in TensorFlow.js: counts are written as int32. */
async function bytesOf({ tensor }: Placed): Promise<Uint8Array> {
  const values = await tensor.data();
  if (values.length !== elements(tensor.shape)) throw new Error(`${tensor.name}: ${values.length} numbers`);
  if ((tensor.dtype ?? floats) === floats) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const counts = Int32Array.from(values);
  if (values.some((value, index) => counts[index] !== value))
    throw new ZooError('weights', `${tensor.name}: has counts beyond 32 bits, which TensorFlow.js has no type for.`);
  return new Uint8Array(counts.buffer);
}

/** The bytes of any shard. A tensor that lies in several is asked for once: the last one is kept. */
function shardsOf(placed: readonly Placed[]) {
  let held: { one: Placed; bytes: Uint8Array } | undefined;
  return async function* (from: number, to: number): AsyncGenerator<Uint8Array> {
    for (const one of placed) {
      if (one.end <= from || one.start >= to) continue;
      if (held?.one !== one) {
        held = undefined;
        held = { one, bytes: await bytesOf(one) };
      }
      yield held.bytes.subarray(Math.max(from - one.start, 0), Math.min(to, one.end) - one.start);
    }
  };
}

/**
 * A model.json with its shards. Without a topology it holds weights alone: `tf.io.loadWeights` reads them, and so does the zoo.
 * The model.json comes last, when all that it names is there.
 *
 * @param file Path of the model.json. Its name stands in front of the shards' names.
 */
export function tfjsFiles(
  file: string,
  tensors: readonly NamedTensor[],
  texts: Readonly<Record<string, unknown>> = {},
  model: { format: string; modelTopology: unknown } = { format: 'weights', modelTopology: null },
): FileToWrite[] {
  let total = 0;
  const placed = tensors.map((tensor): Placed => {
    const start = total;
    total += elements(tensor.shape) * 4;
    return { tensor, start, end: total };
  });
  const [, folder = '', stem = ''] = /^(.*?)([^/\\]*?)(?:\.json)?$/s.exec(file) ?? [];
  const shard = shardsOf(placed);
  const count = Math.ceil(total / shardSize);
  const paths = Array.from({ length: count }, (_, index) => `${stem}.group1-shard${index + 1}of${count}.bin`);
  const json = {
    ...model,
    generatedBy: 'zoo',
    convertedBy: null,
    userDefinedMetadata: texts,
    weightsManifest: [
      {
        paths,
        weights: tensors.map(({ name, shape, dtype = floats }) => ({
          name,
          shape,
          dtype: dtype === floats ? 'float32' : 'int32',
        })),
      },
    ],
  };
  async function* jsonBytes() {
    yield new TextEncoder().encode(`${JSON.stringify(json)}\n`);
  }
  return [
    ...paths.map((name, index) => ({
      path: folder + name,
      bytes: () => shard(index * shardSize, Math.min(total, (index + 1) * shardSize)),
    })),
    { path: file, bytes: jsonBytes },
  ];
}
