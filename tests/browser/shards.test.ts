import { batches, folderShards, webDataset } from '@zoo/loaders';
import { describe, expect, inject, it } from 'vitest';
import { shardBatches } from './shard-batches.ts';

// Compared with Node's batches of the same shards: see shards.ts.

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const { plain, packed, batches: expected } = inject('shards');
const shards = () => [new File([bytesOf(plain)], 'plain.tar'), new File([bytesOf(packed)], 'packed.tar.gz')];

describe('webDataset in a page', () => {
  it.each([0, 2])('gives the batches that Node gives, to the bit, with %i workers', async (workers) => {
    const dataset = await webDataset(shards());
    expect(dataset.nameOf?.(10)).toBe('packed.tar.gz/10.png');
    const onNotice = (line: string) => expect.unreachable(line);
    let at = 0;
    for await (const { images, labels } of batches(dataset, { ...shardBatches, workers, onNotice })) {
      const { images: base64 = '', labels: nodeLabels } = expected[at++] ?? {};
      expect(Array.from(labels)).toEqual(nodeLabels);
      expect(new Uint8Array(images.buffer)).toEqual(bytesOf(base64));
    }
    expect(at).toBe(4);
  });

  it('refuses what Node refuses, and paths', async () => {
    const [first] = shards();
    if (!first) throw new Error('no shard');
    await expect(webDataset(new File([first.slice(0, 700)], 'cut.tar'))).rejects.toThrow(
      /^cut\.tar, byte 0: 0\.png has \d+ bytes, but the archive only 188 more\./,
    );
    await expect(webDataset([first, first])).rejects.toThrow('two pictures are called plain.tar/0.png.');
    await expect(webDataset('plain.tar')).rejects.toThrow('a page reads shards from Blobs and Files');
    await expect(folderShards('folder')).rejects.toThrow('folderShards: a page has no folders.');
  });
});
