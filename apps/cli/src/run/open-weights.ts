import { existsSync, statSync } from 'node:fs';
import { type OnProgress, ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { knownWeightsOf } from '@zoo/spec';
import {
  type FillOptions,
  fillModel,
  type LoadedModel,
  type LoadReport,
  type OpenOptions,
  openTensors,
  requireFit,
} from '@zoo/weights';
import { commandName } from '../command-name.ts';
import type { FileHash } from '../convert/file-hash.ts';
import { families } from '../families.ts';
import { isWebAddress } from '../web-address.ts';
import { type FileNetwork, type NamedNetwork, networkOf } from './file-network.ts';
import { requireWeights } from './require-weights.ts';
import { runFolder } from './run-folder.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import { unfinishedNotice } from './run-state.ts';
import { type SaidOfNetwork, saidNetwork } from './said-network.ts';
import { inOptionsOfCli, type PartOptions } from './weights-words.ts';

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
export interface OpenWeightsOptions extends FillOptions, SaidOfNetwork {
  /** The network that they are for. Default: the one that the file names, and else the one that it fits. */
  network?: NamedNetwork;
  /** Names of the classes, where the file has none. Default: none. */
  labels?: readonly string[];
  onProgress?: OnProgress;
  /** Which options for a part of the weights the command has, for messages. */
  parts?: PartOptions;
  /** Gets a line about a run that has not come to its end, or where the network was found by what the file holds or says. */
  onNotice?: (line: string) => void;
  signal?: AbortSignal;
}

interface LoadOptions extends OpenWeightsOptions, OpenOptions {
  /** The network of published weights. */
  published?: FileNetwork;
}

async function load(
  source: string,
  {
    network: named,
    published,
    labels: known = [],
    onNotice,
    parts,
    head,
    strict,
    computation,
    bgrToRgb,
    colours,
    saysLrn,
    ...open
  }: LoadOptions,
): Promise<Omit<OpenedWeights, 'name'>> {
  const file = await openTensors(source, { ...open, ...(onNotice && { onNotice }) });
  try {
    const {
      spec: chosen,
      labels,
      note: found,
    } = (named ? undefined : published) ?? (await networkOf(file, source, named));
    const { spec, note } = saidNetwork(chosen, file, { ...(colours && { colours }), ...(saysLrn && { saysLrn }) });
    const options = {
      ...(head && { head }),
      ...(bgrToRgb && { bgrToRgb }),
      ...(strict === false && { strict }),
      ...(computation && { computation }),
    };
    const fill = async () => {
      // A spec out of the file itself may ask for more than the file holds.
      if (!named && !published) requireFit(spec, file, options);
      const model = buildModel(spec);
      return { model, report: await fillModel(model, file, options) };
    };
    for (const line of [found, note]) if (line !== undefined) onNotice?.(line);
    const { model, report } = await inOptionsOfCli(fill(), parts);
    const fitting = [labels, known].find(({ length }) => length === spec.classes && head !== 'new');
    const { sha256, size: bytes } = file;
    const hash = sha256 === undefined || bytes === undefined ? {} : { hash: { sha256, bytes } };
    return { model, labels: [...(fitting ?? [])], source, ...hash, format: file.format ?? 'unknown', report };
  } finally {
    await file.close();
  }
}

/** The weights of a run: of an unfinished one, those of its last checkpoint. */
async function openRun(folder: string, options: OpenWeightsOptions): Promise<OpenedWeights> {
  const run = runFolder(folder);
  const record = await readRunRecord(run.record);
  // Weights count once the record says so: until then they may be those of a shorter training.
  const files = record.state === 'finished' ? [run.weights, run.checkpoint] : [run.checkpoint];
  const file = files.find((file) => existsSync(file));
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
  const { weights: known, spec } = knownWeightsOf(name, families);
  const hashes = {
    ...(known.sha256 !== undefined && { sha256: known.sha256 }),
    ...(known.sha1 !== undefined && { sha1: known.sha1 }),
  };
  return {
    name,
    ...(await load(known.url, {
      labels: known.labels,
      ...options,
      ...hashes,
      published: { spec, labels: known.labels },
    })),
  };
}

/**
 * Opens `RUN|WEIGHTS`: a folder that `zoo train` made, a file of weights of any format, an address of one, or published weights
 * by name. What lies here under that name comes before what is published.
 *
 * @throws ZooError `not-found` where there is nothing, `network` for what cannot be fetched, otherwise as `loadWeights`.
 */
export async function openWeights(given: string, options: OpenWeightsOptions = {}): Promise<OpenedWeights> {
  requireWeights(given);
  if (isWebAddress(given)) return { name: given, ...(await load(given, options)) };
  if (existsSync(given))
    return statSync(given).isDirectory() ? openRun(given, options) : { name: given, ...(await load(given, options)) };
  return openKnown(given, options);
}
