import { existsSync } from 'node:fs';
import path from 'node:path';
import { isZooError, type OnProgress, ZooError } from '@zoo/core';
import { isKnownWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { type FillOptions, openTensors, requireFit, type TensorFile } from '@zoo/weights';
import { families, isPresetName, namesPreset, presetNamed } from '../families.ts';
import { configured } from '../options/network-options.ts';
import { namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { isWebAddress } from '../web-address.ts';
import { dictionaryOfKey } from './dictionary-of-key.ts';
import { networkOf } from './file-network.ts';
import { loadNotes } from './load-notes.ts';
import { overriddenNetwork } from './overridden-network.ts';
import { requireAgreement } from './require-agreement.ts';
import { requireWeights } from './require-weights.ts';
import { runFolder } from './run-folder.ts';
import { runNamed } from './run-named.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import { weightsMessage, withCliOptionNames } from './weights-messages.ts';

/** A network that somebody named, without its weights. */
export interface NamedSpec {
  spec: ModelSpec;
  /** Names of the classes, where they are known. */
  labels: readonly string[];
  /** The run that trained it. */
  record?: RunRecord;
  /** How it was found, where nobody says it. */
  note?: string;
  /** What to know of the file. Default: nothing. */
  fileNotes?: readonly string[];
}

/** What would be told if the weights were loaded, or why they would not be. */
function notesOf(file: TensorFile, source: string, spec: ModelSpec, computation: FillOptions['computation']): string[] {
  try {
    return loadNotes(source, requireFit(spec, file, { ...(computation && { computation }) }), { tellsUnused: true });
  } catch (error) {
    if (isZooError(error)) return [weightsMessage(error.message)];
    throw error;
  }
}

/** The network that a file of weights is for. */
async function specOfFile(
  source: string,
  { network, key, computation, ...overrides }: ReturnType<typeof namedNetwork>,
  onProgress: OnProgress,
): Promise<NamedSpec> {
  const opened = await openTensors(source, { onProgress });
  const find = async () => {
    const file = dictionaryOfKey(opened, key);
    const found = await networkOf(file, source, network);
    const { spec, note } = overriddenNetwork(found.spec, file, overrides);
    const notes = notesOf(file, source, spec, computation);
    return { ...found, spec, fileNotes: note === undefined ? notes : [note, ...notes] };
  };
  try {
    return await withCliOptionNames(find());
  } finally {
    await opened.close();
  }
}

const readsAsFile = (given: string): boolean =>
  !namesPreset(given) && (given.includes('/') || given.includes(path.sep) || path.extname(given) !== '');

/**
 * Finds the network of a run, a file of weights, an address, a preset or published weights, without a backend and without
 * fetching published weights. What lies here under that name comes first, then presets.
 *
 * @throws ZooError `not-found` where there is no such file, `unknown-name` with the nearest name, `weights` for a file that
 *   fits no preset or several, `usage` for options that contradict what is known of the network.
 */
export async function specNamed(given: string, options: WeightsOptions, onProgress: OnProgress): Promise<NamedSpec> {
  const run = runNamed(given);
  if (run || existsSync(given) || isWebAddress(given) || readsAsFile(given)) {
    requireWeights(given);
    const named = namedNetwork(options);
    const { network, asked = {} } = named;
    if (!run) return specOfFile(given, named, onProgress);
    const record = await readRunRecord(runFolder(run.folder).record);
    requireAgreement(record.spec, asked, given);
    const spec = network
      ? configured(network.preset, network.changes)
      : { ...record.spec, recipe: record.options.recipe };
    return { spec, labels: record.data.classes, record };
  }
  if (options.model !== undefined)
    throw new ZooError('usage', `--model: ${given} is no file of weights. Leave --model out, or name a file first.`);
  const { asked = {} } = namedNetwork(options);
  // Weights are called as their preset: what they are not is asked of the preset.
  const isChanged = isPresetName(given) && Object.keys(asked).length > 0;
  if (namesPreset(given) || isChanged || !isKnownWeights(given, families))
    return { spec: configured(presetNamed(given), options), labels: [] };
  const known = knownWeightsOf(given, families);
  requireAgreement(known.spec, options, given);
  return { spec: known.spec, labels: known.weights.labels };
}

/**
 * The network of weights, as far as it is known before they are opened: that of `--model`, of a run, or of published weights. So a
 * mistake in the name of a layer is found before a backend starts.
 */
export async function specBeforeOpening(given: string, options: WeightsOptions): Promise<ModelSpec | undefined> {
  const { network } = namedNetwork(options);
  if (network) return configured(network.preset, network.changes);
  const run = runNamed(given);
  if (run) return (await readRunRecord(runFolder(run.folder).record)).spec;
  return !existsSync(given) && isKnownWeights(given, families) ? knownWeightsOf(given, families).spec : undefined;
}
