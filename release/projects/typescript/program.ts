import '@zoo/kernels/wasm';
import { type AlexNetOptions, alexnet, presets } from '@zoo/alexnet';
import { type Backend, useBackend } from '@zoo/backends';
import { ZooError } from '@zoo/core';
import { summary } from '@zoo/inspect';
import { groupedConv2d } from '@zoo/kernels';
import { specOf } from '@zoo/layers';
import { type Dataset, inMemory } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';
import { sgd, train } from '@zoo/trainers';
import { openTensors } from '@zoo/weights';

const pictures: Dataset = inMemory({
  name: 'shades',
  classes: ['dark', 'light'],
  pixels: new Uint8Array(8 * 3072),
  labels: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  height: 32,
  width: 32,
  channels: 3,
});

export async function program(file: string): Promise<string> {
  const backend: Backend = await useBackend('auto', { threads: 2 });
  const options: AlexNetOptions = { classes: 2, width: 0.25, seed: 1 };
  const model = alexnet('cifar10-quick', options);
  const spec: ModelSpec | undefined = specOf(model);
  for await (const event of train(model, pictures, { epochs: 1, optimizer: sgd({ learningRate: 0.001 }) }))
    if (event.type === 'epoch') console.log(event.epoch, event.loss.toFixed(3), event.validation?.top1);
  try {
    const { tensors, close } = await openTensors(file);
    for (const { name, dtype, shape } of tensors.values()) console.log(name, dtype, shape.length);
    await close();
  } catch (error) {
    if (error instanceof ZooError) console.error(error.code, error.message);
  }
  console.log(typeof groupedConv2d, presets.paper.source);
  return `${backend.name}: ${spec ? summary(spec, { batchSize: 8 }) : ''}`;
}
