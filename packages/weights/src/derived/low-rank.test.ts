import { openTensors, type StoredTensor } from '@zoo/tensor-files';
import { safetensorsBytes } from '@zoo/tensor-files/safetensors';
import { describe, expect, it } from 'vitest';
import { withDerived } from './with-derived.ts';

const tensors: Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>> = {
  'base_model.model.fc.base_layer.weight': [
    [2, 3],
    [1, 2, 3, 4, 5, 6],
  ],
  'base_model.model.fc.base_layer.bias': [[2], [7, 8]],
  'base_model.model.fc.lora_A.default.weight': [
    [1, 3],
    [1, 0, -1],
  ],
  'base_model.model.fc.lora_B.default.weight': [
    [2, 1],
    [1, 2],
  ],
};

async function fileOf(metadata: Readonly<Record<string, string>> = {}): Promise<File> {
  const named = Object.entries(tensors).map(([name, [shape, values]]) => ({
    name,
    shape,
    data: () => Float32Array.from(values),
  }));
  const pieces: BlobPart[] = [];
  for await (const piece of safetensorsBytes(named, metadata)) pieces.push(Uint8Array.from(piece));
  return new File(pieces, 'adapter_model.safetensors');
}

const config = (value: unknown) => new File([JSON.stringify(value)], 'adapter_config.json');
const valuesOf = async (tensor: StoredTensor | undefined) => [...((await tensor?.read()) ?? [])];

describe('low-rank updates of peft', () => {
  it.each([
    ['lora_alpha of adapter_config.json', { lora_alpha: 2 }, [3, 2, 1, 8, 5, 2]],
    ['that is divided by the root of the rank', { lora_alpha: 2, use_rslora: true }, [3, 2, 1, 8, 5, 2]],
  ])('are added by %s', async (_, content, expected) => {
    const whole = withDerived(await openTensors([await fileOf(), config(content)]));
    expect([...whole.tensors.keys()]).toEqual(['base_model.model.fc.weight', 'base_model.model.fc.bias']);
    expect(await valuesOf(whole.tensors.get('base_model.model.fc.weight'))).toEqual(expected);
    expect(await valuesOf(whole.tensors.get('base_model.model.fc.bias'))).toEqual([7, 8]);
  });

  it('are added by alpha in the texts of the file', async () => {
    const whole = withDerived(await openTensors(await fileOf({ lora_alpha: '1' })));
    expect(await valuesOf(whole.tensors.get('base_model.model.fc.weight'))).toEqual([2, 2, 2, 6, 5, 4]);
  });

  it.each([
    ['nothing says alpha', undefined],
    ['the file beside it asks for more', { lora_alpha: 2, use_dora: true }],
    ['layers have an alpha of their own', { lora_alpha: 2, alpha_pattern: { fc: 3 } }],
  ])('stay what they are where %s', async (_, content) => {
    const files = [await fileOf(), ...(content ? [config(content)] : [])];
    const whole = withDerived(await openTensors(files));
    expect(await valuesOf(whole.tensors.get('base_model.model.fc.weight'))).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...whole.tensors.keys()]).toContain('base_model.model.fc.lora_A.default.weight');
  });
});

describe('masks beside weights', () => {
  it('that hold more than 0 and 1 are refused', async () => {
    const named = ['fc.weight', 'fc.weight_mask'].map((name) => ({
      name,
      shape: [2],
      data: () => Float32Array.of(1, 0.5),
    }));
    const pieces: BlobPart[] = [];
    for await (const piece of safetensorsBytes(named, {})) pieces.push(Uint8Array.from(piece));
    const whole = withDerived(await openTensors(new File(pieces, 'a.safetensors')));
    await expect(whole.tensors.get('fc.weight')?.read()).rejects.toThrow(
      /fc\.weight_mask: holds 0\.5, but a mask holds 0 and 1 alone/,
    );
  });
});
