// The networks as ONNX files: the peers compute what the zoo has written.
import path from 'node:path';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { saveWeights } from '@zoo/weights';

export async function writeNetworks(folder, networks) {
  await useBackend('wasm');
  for (const network of networks) {
    const model = alexnet(network);
    await saveWeights(model, path.join(folder, `${network}.onnx`));
    model.dispose();
  }
}
