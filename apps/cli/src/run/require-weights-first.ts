import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { isPictureName } from '@zoo/loaders';
import { isKnownWeights } from '@zoo/spec';
import { commandName } from '../command-name.ts';
import { families } from '../families.ts';
import { isWebAddress, pathInAddress } from '../web-address.ts';
import { isRunFolder } from './run-folder.ts';
import { runNamed } from './run-named.ts';
import { commandLine } from './typed-command.ts';

const endingsOfWeights =
  /\.(?:safetensors|pth?|ckpt|bin|onnx|npz|npy|h5|hdf5|keras|caffemodel|prototxt|weights|pkl|tar)$/i;

const isFolder = (given: string): boolean => existsSync(given) && statSync(given).isDirectory();

/** Whether pictures lie in a folder, or in one of those in it, as classes do. */
function holdsPictures(folder: string): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.some((entry) =>
    entry.isDirectory() ? readdirSync(path.join(folder, entry.name)).some(isPictureName) : isPictureName(entry.name),
  );
}

/** Whether what was named can hardly be weights: a picture, or a folder of pictures. */
function showsPictures(given: string): boolean {
  if (isWebAddress(given)) return isPictureName(pathInAddress(given));
  if (!isFolder(given)) return isPictureName(given);
  return !isRunFolder(given) && holdsPictures(given);
}

const holdsWeights = (given: string): boolean =>
  runNamed(given) !== undefined ||
  endingsOfWeights.test(given) ||
  (!existsSync(given) && isKnownWeights(given, families));

/**
 * Finds arguments in the wrong order: `zoo classify my-cat.jpg runs/first`.
 *
 * @param command The command's name.
 * @param images What follows.
 * @throws ZooError `usage` for a picture where weights are expected, with the order that was meant.
 */
export function requireWeightsFirst(command: string, given: string, images: readonly string[] = []): void {
  if (!showsPictures(given)) return;
  const what = isFolder(given) ? 'is a folder of pictures' : 'is a picture';
  const weights = images.find(holdsWeights);
  const rest = images.filter((one) => one !== weights);
  const meant =
    weights === undefined
      ? `Name those first, as in ${commandName()} ${command} runs/first${images.length > 0 || command === 'classify' ? ` ${given}` : ''}.`
      : `The order is: ${commandName()} ${commandLine([command, weights, given, ...rest])}.`;
  throw new ZooError('usage', `${given}: ${what}, expected a run or weights in the first place. ${meant}`);
}
