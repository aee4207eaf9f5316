import { ZooError } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { shardHint, withHints } from './hints.ts';

describe('shardHint', () => {
  it.each([
    ['runs/model-00001-of-00002.safetensors', 'is shard 1 of 2: open their index, model.safetensors.index.json'],
    [
      'https://a.example/pytorch_model-00002-of-00003.bin?download=true',
      'is shard 2 of 3: open their index, pytorch_model.bin.index.json',
    ],
  ])('%s %s', (file, said) => {
    expect(shardHint(file)).toBe(`${said}, which lies beside them`);
  });

  it.each(['model.safetensors', 'model-00001-of-00001.safetensors', 'photo-00001-of-00002.png'])(
    '%s is none',
    (file) => {
      expect(shardHint(file)).toBeUndefined();
    },
  );
});

describe('withHints', () => {
  const lacks = new ZooError('weights', 'it lacks some.');
  const shard = { name: 'model-00001-of-00002.safetensors', tensors: new Map(), metadata: {}, close: async () => {} };

  it('says that a shard can be loaded in part, where it has some of the weights', () => {
    expect(withHints(lacks, shard, { loaded: 3, of: 5 })).toMatchObject({
      message: expect.stringMatching(
        /which lies beside them, or load with strict: false to leave what is missing as the model was built\.$/,
      ),
    });
    expect(withHints(lacks, shard, { loaded: 0, of: 5 })).toMatchObject({
      message: expect.stringMatching(/which lies beside them\.$/),
    });
  });
});
