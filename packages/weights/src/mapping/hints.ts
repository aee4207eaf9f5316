import { isZooError, ZooError } from '@zoo/core';
import type { TensorFile } from '@zoo/tensor-files';

/** What a file's name says that explains why weights are missing: one of several shards, as transformers and others write them. */
export function shardHint(file: string): string | undefined {
  const [, stem = '', number, count, ending = ''] =
    /([^/\\]*?)-(\d{5})-of-(\d{5})\.(safetensors|bin|pth?)(?:\?.*)?$/.exec(file) ?? [];
  if (number === undefined || Number(count) < 2) return undefined;
  return `is shard ${Number(number)} of ${Number(count)}: open their index, ${stem}.${ending}.index.json, which lies beside them`;
}

/** Objects of other classes that have tensors in them. */
const unreadableObjects = (file: TensorFile): string[] =>
  [file.tensors, ...(file.others ?? [])].flatMap((tensors) =>
    [...tensors.values()].flatMap(({ unreadable }) =>
      unreadable && / is an object of /.test(unreadable.message) ? [unreadable.message] : [],
    ),
  );

/** An error about weights that are not there, with what explains it. */
export function withHints(error: unknown, file: TensorFile, part: { loaded: number; of: number }): unknown {
  if (!isZooError(error) || error.code !== 'weights') return error;
  const shard = shardHint(file.name);
  if (shard !== undefined) {
    const inPart =
      part.loaded > 0 ? ', or load with strict: false to leave what is missing as the model was built' : '';
    return new ZooError('weights', `${file.name}: ${shard}${inPart}.`, { cause: error });
  }
  const [object] = unreadableObjects(file);
  if (object !== undefined) return new ZooError('weights', object, { cause: error });
  if (part.loaded === 0 || !/: has no tensor (?!.*strict: false)/.test(error.message)) return error;
  const more = `, or load with strict: false to leave what is missing as the model was built. Behind another prefix it has ${part.loaded} of the ${part.of} weights.`;
  return new ZooError('weights', error.message.replace(/\.$/, more), { cause: error });
}
