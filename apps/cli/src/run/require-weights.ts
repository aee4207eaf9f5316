import { existsSync, readdirSync, statSync } from 'node:fs';
import { nearestName, ZooError } from '@zoo/core';
import { isKnownWeights } from '@zoo/spec';
import { commandName } from '../command-name.ts';
import { families, namesPreset, weightsFor } from '../families.ts';
import { listed } from '../rendering/listed.ts';
import { isWebAddress } from '../web-address.ts';
import { runFolder } from './run-folder.ts';
import { runNamed } from './run-named.ts';

/** What other programs keep in a folder: a file that tells it, and what to do. */
const foreignFolders: readonly (readonly [file: RegExp, what: string, advice: string])[] = [
  [
    /^saved_model\.pb$/,
    "a SavedModel of TensorFlow, which the zoo doesn't read",
    'In TensorFlow, save the model as .h5 or .keras, or convert it by tensorflowjs_converter or tf2onnx.',
  ],
  [
    /\.distcp$/,
    "a distributed checkpoint of PyTorch, which the zoo doesn't read",
    'Make one file of it: python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pth.',
  ],
  [/^model\.json$/, 'a folder, not a file of weights', 'Name its model.json.'],
  [/\.safetensors\.index\.json$/, 'a folder, not a file of weights', 'Name its .safetensors.index.json.'],
];

/** Files of weights that lie in a folder of their own, as save_pretrained, accelerate and model hubs have them. */
const ofWeights = /\.(?:safetensors|pth|pt|ckpt|keras|h5|onnx|npz|caffemodel|pth\.tar)$|^(?:pytorch_)?model\.bin$/;

function requireNoForeignFolder(folder: string): void {
  const content = readdirSync(folder);
  for (const [file, what, advice] of foreignFolders)
    if (content.some((name) => file.test(name))) throw new ZooError('corrupt-file', `${folder}: is ${what}. ${advice}`);
  const files = content.filter((name) => ofWeights.test(name)).sort();
  if (files.length > 0)
    throw new ZooError('corrupt-file', `${folder}: is a folder, not a file of weights. Name its ${listed(files, 3)}.`);
}

/** The name of known weights that is like this one, or where they are listed. */
function nameAdvice(given: string): string {
  const names = families.flatMap(({ knownWeights }) => Object.keys(knownWeights));
  const nearest = nearestName(given, names);
  if (nearest !== undefined) return `; did you mean ${nearest}?`;
  return /[./\\]/.test(given) ? '.' : `. ${commandName()} weights lists those that are known by name.`;
}

/**
 * Finds out before a backend starts, and before anything is fetched, whether there are such weights.
 *
 * @throws ZooError `not-found` where there is nothing of that name, or a folder that is no run; `corrupt-file` for what another program
 *   keeps in a folder.
 */
export function requireWeights(given: string): void {
  if (isWebAddress(given) || runNamed(given)) return;
  if (!existsSync(given)) {
    if (isKnownWeights(given, families)) return;
    if (namesPreset(given)) {
      const names = weightsFor(given);
      const train = `${commandName()} train ${given}`;
      const advice =
        names.length > 0
          ? `Name weights for it (${names.join(', ')}), or train it first (${train}) and name the run.`
          : `Train it first (${train}), or name a run or weights.`;
      throw new ZooError('not-found', `${given}: is a network without weights. ${advice}`);
    }
    throw new ZooError(
      'not-found',
      `${given}: no such file or folder, expected a run of zoo train or its weights${nameAdvice(given)}`,
    );
  }
  const { record } = runFolder(given);
  if (!statSync(given).isDirectory()) return;
  requireNoForeignFolder(given);
  throw new ZooError(
    'not-found',
    `${record}: cannot be read, expected the record of a run. Name a folder that zoo train made.`,
  );
}
