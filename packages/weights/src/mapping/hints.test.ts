import { describe, expect, it } from 'vitest';
import { shardHint } from './hints.ts';

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
