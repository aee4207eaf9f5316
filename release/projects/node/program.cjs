// node program.cjs net.pth
const { alexnet } = require('@zoo/alexnet');
const { useBackend } = require('@zoo/backends');
const { inMemory } = require('@zoo/loaders');
const { sgd, train } = require('@zoo/trainers');
const { openTensors } = require('@zoo/weights');

const pictures = inMemory({
  name: 'shades',
  classes: ['dark', 'light'],
  pixels: Uint8Array.from({ length: 8 * 32 * 32 * 3 }, (_, i) => (i < 4 * 32 * 32 * 3 ? 40 : 200)),
  labels: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  height: 32,
  width: 32,
  channels: 3,
});

async function main() {
  const backend = await useBackend('auto', { threads: 2 });
  const losses = [];
  const model = alexnet('cifar10-quick', { classes: 2, width: 0.25, seed: 1 });
  for await (const event of train(model, pictures, {
    epochs: 1,
    batchSize: 8,
    optimizer: sgd({ learningRate: 0.001 }),
  }))
    if (event.type === 'step') losses.push(event.loss);

  const file = await openTensors(process.argv[2]);
  const names = [...file.tensors.keys()];
  const first = (await file.tensors.get('features.0.weight').read())[0];
  await file.close();
  console.log(JSON.stringify({ backend, losses, names, first }));
}

main();
