import { elements } from '@zoo/core';
import { tensorBytes } from '../../elements/tensor-bytes.ts';
import { viewOf } from '../../strided/view.ts';
import type { NamedTensor } from '../../tensor.ts';
import { ops, pickleWriter } from '../pickle/pickle-writer.ts';
import { zipBytes } from '../zip/zip-bytes.ts';

const storageNames = { F32: 'FloatStorage', I64: 'LongStorage' } as const;

/** `OrderedDict([(name, _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())), ...])` */
function pickledStateDict(tensors: readonly NamedTensor[]): Uint8Array {
  const pickle = pickleWriter();
  const emptyDict = () => {
    pickle.global('collections', 'OrderedDict');
    pickle.op(ops.emptyTuple, ops.reduce);
  };
  const sizes = (values: readonly number[]) =>
    pickle.tuple(() => {
      for (const value of values) pickle.int(value);
    });
  emptyDict();
  pickle.op(ops.mark);
  for (const [key, { name, shape, dtype = 'F32' }] of tensors.entries()) {
    pickle.text(name);
    pickle.global('torch._utils', '_rebuild_tensor_v2');
    pickle.tuple(() => {
      pickle.tuple(() => {
        pickle.text('storage');
        pickle.global('torch', storageNames[dtype]);
        pickle.text(String(key));
        pickle.text('cpu');
        pickle.int(elements(shape));
      });
      pickle.op(ops.persistentId);
      pickle.int(0);
      sizes(shape);
      sizes(viewOf(shape).strides);
      pickle.op(ops.newFalse);
      emptyDict();
    });
    pickle.op(ops.reduce);
  }
  pickle.op(ops.setItems, ops.stop);
  return pickle.bytes();
}

/**
 * A state dict as PyTorch 1.6 and later write it: `torch.load(file, weights_only=True)` reads it. Texts become
 * `extra/KEY`, as TorchScript's extra files are, and are passed over by PyTorch.
 */
export function pytorchBytes(
  tensors: readonly NamedTensor[],
  texts: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = (name: string, content: string) => ({
    name: `archive/${name}`,
    bytes: () => new TextEncoder().encode(content),
  });
  return zipBytes([
    { name: 'archive/data.pkl', bytes: () => pickledStateDict(tensors) },
    text('byteorder', 'little'),
    ...Object.entries(texts).map(([key, value]) => text(`extra/${key}`, value)),
    ...tensors.map((tensor, key) => ({ name: `archive/data/${key}`, bytes: () => tensorBytes(tensor) })),
    text('version', '3\n'),
  ]);
}
