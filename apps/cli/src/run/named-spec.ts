import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type OnProgress, ZooError } from '@zoo/core';
import { isKnownWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { openTensors, readMetadata } from '@zoo/weights';
import { commandName } from '../command-name.ts';
import { families, namesPreset, presetNamed } from '../families.ts';
import { configured } from '../options/network-options.ts';
import { namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { isAddress, requireWeights } from './require-weights.ts';
import { runFolder } from './run-folder.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';

/** A network that somebody named, without its weights. */
export interface NamedSpec {
  spec: ModelSpec;
  /** Names of the classes, where they are known. */
  labels: readonly string[];
  /** The run that trained it. */
  record?: RunRecord;
}

/** The network that a file of weights says it is for. */
async function specOfFile(source: string, wanted: ModelSpec | undefined, onProgress: OnProgress): Promise<NamedSpec> {
  if (wanted) return { spec: wanted, labels: [] };
  const file = await openTensors(source, { onProgress });
  try {
    if ('zoo.spec' in file.metadata) return readMetadata(file);
    throw new ZooError(
      'weights',
      `${file.name}: does not say what network it is for. Pass --model, as in --model alexnet/torchvision; see ${commandName()} presets.`,
    );
  } finally {
    await file.close();
  }
}

const readsAsFile = (given: string): boolean =>
  !namesPreset(given) && (given.includes('/') || given.includes(path.sep) || path.extname(given) !== '');

/**
 * Finds the network of a run, a file of weights, an address, a preset or published weights, without a backend and without
 * fetching published weights. What lies here under that name comes first, then presets.
 *
 * @throws ZooError `not-found` where there is no such file, `unknown-name` with the nearest name, `weights` for a file that does
 *   not say what network it is for, `usage` for changes to a network that is no preset.
 */
export async function specNamed(given: string, options: WeightsOptions, onProgress: OnProgress): Promise<NamedSpec> {
  const here = existsSync(given);
  if (here || isAddress(given) || readsAsFile(given)) {
    requireWeights(given);
    const { spec } = namedNetwork(given, options);
    if (!here || !statSync(given).isDirectory()) return specOfFile(given, spec, onProgress);
    const record = await readRunRecord(runFolder(given).record);
    return { spec: spec ?? record.spec, labels: record.data.classes, record };
  }
  if (options.model !== undefined)
    throw new ZooError('usage', `--model: ${given} is no file of weights. Leave --model out, or name a file first.`);
  if (namesPreset(given) || !isKnownWeights(given, families))
    return { spec: configured(presetNamed(given), options), labels: [] };
  const known = knownWeightsOf(given, families);
  return { spec: configured(known.spec, options), labels: known.weights.labels };
}

/**
 * The network of weights, as far as it is known before they are opened: that of `--model`, of a run, or of published weights. So a
 * mistake in the name of a layer is found before a backend starts.
 */
export async function specBeforeOpening(given: string, options: WeightsOptions): Promise<ModelSpec | undefined> {
  const { spec } = namedNetwork(given, options);
  if (spec) return spec;
  if (!existsSync(given)) return isKnownWeights(given, families) ? knownWeightsOf(given, families).spec : undefined;
  return statSync(given).isDirectory() ? (await readRunRecord(runFolder(given).record)).spec : undefined;
}
