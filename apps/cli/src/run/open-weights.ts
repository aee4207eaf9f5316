import { existsSync, statSync } from 'node:fs';
import { isZooError, type OnProgress, ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { knownWeightsOf, type ModelSpec } from '@zoo/spec';
import {
  type FillOptions,
  fillModel,
  type LoadedModel,
  type LoadReport,
  type OpenOptions,
  openTensors,
  readMetadata,
} from '@zoo/weights';
import { commandName } from '../command-name.ts';
import type { FileHash } from '../convert/file-hash.ts';
import { families } from '../families.ts';
import { isAddress, requireWeights } from './require-weights.ts';
import { runFolder } from './run-folder.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import { unfinishedNotice } from './run-state.ts';

/** A network that somebody named on the command line. */
export interface OpenedWeights extends LoadedModel {
  /** For messages. */
  name: string;
  /** The run that made it, where that is known. */
  record?: RunRecord;
  /** Where the weights were read: a path or an address. */
  source: string;
  /** Its SHA-256 and size, where it was fetched. */
  hash?: FileHash;
  /** What kind of file that is. */
  format: string;
  /** What became of the file's tensors. */
  report: LoadReport;
}

/** What the command line says about weights that do not say it themselves. */
export interface OpenWeightsOptions extends FillOptions {
  /** The network that they are for. Default: the one that the file names. */
  spec?: ModelSpec;
  /** Names of the classes, where the file has none. Default: none. */
  labels?: readonly string[];
  onProgress?: OnProgress;
  /** Gets a line about a run that has not come to its end. */
  onNotice?: (line: string) => void;
  signal?: AbortSignal;
}

async function load(
  source: string,
  { spec: wanted, labels: known = [], head, bgrToRgb, ...open }: OpenWeightsOptions & OpenOptions,
): Promise<Omit<OpenedWeights, 'name'>> {
  const file = await openTensors(source, open);
  try {
    const described = 'zoo.spec' in file.metadata ? readMetadata(file) : undefined;
    const spec = wanted ?? described?.spec;
    if (!spec)
      throw new ZooError(
        'weights',
        `${file.name}: does not say what network it is for. Pass --model, as in --model alexnet/torchvision; see ${commandName()} presets.`,
      );
    const model = buildModel(spec);
    const report = await fillModel(model, file, { ...(head && { head }), ...(bgrToRgb && { bgrToRgb }) });
    const named = [described?.labels ?? [], known].find(({ length }) => length === spec.classes && head !== 'new');
    const { sha256, size: bytes } = file;
    const hash = sha256 === undefined || bytes === undefined ? {} : { hash: { sha256, bytes } };
    return { model, labels: [...(named ?? [])], source, ...hash, format: file.format ?? 'unknown', report };
  } catch (error) {
    // A spec that does not hold together is the user's mistake on the command line, but a damaged file here.
    if (!wanted && isZooError(error) && error.code === 'spec')
      throw new ZooError('corrupt-file', `${source}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    await file.close();
  }
}

/** The weights of a run: of an unfinished one, those of its last checkpoint. */
async function openRun(folder: string, options: OpenWeightsOptions): Promise<OpenedWeights> {
  const run = runFolder(folder);
  const record = await readRunRecord(run.record);
  const file = [run.weights, run.checkpoint].find((file) => existsSync(file));
  if (!file)
    throw new ZooError(
      'not-found',
      `${folder}: has no weights yet. Train it first: ${commandName()} train --resume ${folder}.`,
    );
  const notice = file === run.checkpoint ? unfinishedNotice(folder, record) : undefined;
  if (notice !== undefined) options.onNotice?.(notice);
  return { name: folder, record, ...(await load(file, options)) };
}

/** Published weights, fetched on first use. */
async function openKnown(name: string, options: OpenWeightsOptions): Promise<OpenedWeights> {
  const { weights: known, spec: published } = knownWeightsOf(name, families);
  const spec = options.spec ?? published;
  const hashes = {
    ...(known.sha256 !== undefined && { sha256: known.sha256 }),
    ...(known.sha1 !== undefined && { sha1: known.sha1 }),
  };
  return { name, ...(await load(known.url, { labels: known.labels, ...options, ...hashes, spec })) };
}

/**
 * Opens `RUN|WEIGHTS`: a folder that `zoo train` made, a file of weights of any format, an address of one, or published weights
 * by name. What lies here under that name comes before what is published.
 *
 * @throws ZooError `not-found` where there is nothing, `network` for what cannot be fetched, otherwise as `loadWeights`.
 */
export async function openWeights(given: string, options: OpenWeightsOptions = {}): Promise<OpenedWeights> {
  requireWeights(given);
  if (isAddress(given)) return { name: given, ...(await load(given, options)) };
  if (existsSync(given))
    return statSync(given).isDirectory() ? openRun(given, options) : { name: given, ...(await load(given, options)) };
  return openKnown(given, options);
}
