import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { openTensors, saveTensors } from '@zoo/tensor-files';
import { openPytorch } from '@zoo/tensor-files/pytorch';
import { tinySpec } from '@zoo/testing/tiny-spec';
import { loadModel, loadWeights, modelBytes, saveWeights } from '@zoo/weights';
import { beforeAll, describe, expect, it, vi } from 'vitest';

/** The server gives out the repository's files. */
const fixture = '/packages/tensor-files/fixtures/net.pth';

const values = (model: ReturnType<typeof buildModel>) =>
  modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  return new Blob(parts);
}

beforeAll(async () => {
  await caches.delete('zoo');
  await tf.setBackend('cpu');
});

describe('a page', () => {
  it('opens what lies on its server by a relative address', async () => {
    const absolute = new URL(fixture, location.href);
    const relative = `../${'../'.repeat(document.baseURI.split('/').length)}${fixture.slice(1)}`;
    for (const source of [fixture, relative, absolute, absolute.href]) {
      const file = await openTensors(source);
      expect(file.name).toBe(absolute.href);
      expect(file.format).toBe('pytorch');
      expect(file.tensors.get('features.0.weight')?.shape).toHaveLength(4);
      await file.close();
    }
  });

  it('opens an answer of fetch, and what its user hands over', async () => {
    const wanted = await (await openPytorch(await fetch(fixture))).tensors.get('features.0.weight')?.read();
    expect(wanted?.length).toBeGreaterThan(0);
    const bytes = await (await fetch(fixture)).arrayBuffer();
    const blob = new Blob([bytes]);
    for (const source of [bytes, new Uint8Array(bytes), blob, new File([blob], 'net.pth'), URL.createObjectURL(blob)]) {
      const file = await openTensors(source);
      expect(await file.tensors.get('features.0.weight')?.read()).toEqual(wanted);
    }
  });

  it('opens the Files of an input element', async () => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([JSON.stringify([{ paths: ['a.bin'], weights: [] }])], 'model.json'));
    dropped.items.add(new File([], 'a.bin'));
    expect((await openTensors(dropped.files)).format).toBe('tfjs');
  });

  it('builds a model from a relative address', async () => {
    const model = buildModel(tinySpec, { seed: 1 });
    const blob = await bytesOf(modelBytes(model, { labels: ['a', 'b', 'c'] }));
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: URL) => {
      asked.push(url.href);
      return new Response(blob);
    });
    const loaded = await loadModel('/model.safetensors', { cache: false });
    expect(asked).toEqual([`${location.origin}/model.safetensors`]);
    expect(loaded.labels).toEqual(['a', 'b', 'c']);
    expect(values(loaded.model)).toEqual(values(model));
    vi.unstubAllGlobals();
    await expect(loadWeights(model, fixture)).rejects.toThrow(/net\.pth: has no tensor classifier\.0\.weight/);
  });

  it('is told what it cannot do', async () => {
    await expect(openTensors('file:///home/me/net.pth')).rejects.toThrow(
      /a page cannot open files of the disk\. Let the user choose it, and pass the File/,
    );
    await expect(saveTensors('a.safetensors', [])).rejects.toThrow(
      /a\.safetensors: a page cannot write to the disk\. Make a Blob of the bytes/,
    );
    await expect(saveWeights(buildModel(tinySpec), 'a.pth')).rejects.toThrow(/a page cannot write to the disk/);
    await expect(openTensors('/no/such/file.pth?missing')).rejects.toThrow(/file\.pth/);
  });
});
