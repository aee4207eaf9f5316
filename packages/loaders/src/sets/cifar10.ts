import type { TrainingAndTest } from '../dataset.ts';
import { inMemory } from '../in-memory.ts';
import type { CanonicalFiles } from './canonical-files.ts';
import { readBatches } from './cifar-batch.ts';

/**
 * The official binary version. The hashes of the six files are those of the official archive
 * (as other projects list them too, for example the Ruby port of torchvision), and those of the package's pictures
 * once these are turned into the same layout: both sources carry the same images in the same order.
 */
export const cifar10Files: CanonicalFiles = {
  title: 'CIFAR-10',
  folder: 'cifar-10',
  home: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  files: [
    ['data_batch_1.bin', 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5'],
    ['data_batch_2.bin', 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed'],
    ['data_batch_3.bin', 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67'],
    ['data_batch_4.bin', '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48'],
    ['data_batch_5.bin', '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add'],
    ['test_batch.bin', '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b'],
  ].map(([name = '', sha256 = '']) => ({ name, bytes: 30_730_000, sha256 })),
};

export const objects = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/** Both parts, out of the six binary files. */
export function readCifar10(files: ReadonlyMap<string, Uint8Array>): TrainingAndTest {
  const part = (name: string, prefix: string) => {
    const names = [...files.keys()].filter((file) => file.startsWith(prefix)).sort();
    const batches = names.flatMap((file) => files.get(file) ?? []);
    return inMemory({
      name: `cifar10/${name}`,
      classes: objects,
      height: 32,
      width: 32,
      channels: 3,
      ...readBatches(batches),
    });
  };
  return { training: part('training', 'data_batch_'), test: part('test', 'test_batch') };
}
