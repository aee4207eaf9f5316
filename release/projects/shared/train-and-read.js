import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { inMemory } from '@zoo/loaders';
import { sgd, train } from '@zoo/trainers';
import { openTensors } from '@zoo/weights';

/** Four dark pictures and four light ones, 32 x 32 pixels of three channels. */
export const pictures = inMemory({
  name: 'shades',
  classes: ['dark', 'light'],
  pixels: Uint8Array.from({ length: 8 * 32 * 32 * 3 }, (_, i) => (i < 4 * 32 * 32 * 3 ? 40 : 200)),
  labels: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  height: 32,
  width: 32,
  channels: 3,
});

/** Trains a small AlexNet for a step on the best backend that there is, and reads a checkpoint of PyTorch. */
export async function trainAndRead(checkpoint, options = {}) {
  const backend = await useBackend('auto', { threads: 2, ...options });
  const losses = [];
  const model = alexnet('cifar10-quick', { classes: 2, width: 0.25, seed: 1 });
  for await (const event of train(model, pictures, {
    epochs: 1,
    batchSize: 8,
    optimizer: sgd({ learningRate: 0.001 }),
  }))
    if (event.type === 'step') losses.push(event.loss);

  const file = await openTensors(checkpoint);
  const names = [...file.tensors.keys()];
  const first = (await file.tensors.get('features.0.weight')?.read())?.[0];
  await file.close();
  return { backend, losses, names, first };
}
