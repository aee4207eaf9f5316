import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type OnProgress, ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { isShipped, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import {
  type FillOptions,
  fillModel,
  type LoadedModel,
  type LoadReport,
  type OpenOptions,
  openTensors,
  requireFit,
  type TensorSource,
} from '@zoo/weights';
import type { FileHash } from '../convert/file-hash.ts';
import { families, shippedIn } from '../families.ts';
import { isWebAddress } from '../web-address.ts';
import { dictionaryOfKey } from './dictionary-of-key.ts';
import { type FileNetwork, type NamedNetwork, networkOf } from './file-network.ts';
import { howToGoOn } from './how-to-go-on.ts';
import { loadNotes } from './load-notes.ts';
import { type NetworkOverrides, overriddenNetwork } from './overridden-network.ts';
import { requireAgreement } from './require-agreement.ts';
import { requireWeights } from './require-weights.ts';
import { runFolder } from './run-folder.ts';
import { type NamedRun, runNamed } from './run-named.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import { unfinishedNotice } from './run-state.ts';
import { withCliOptionNames, withCliOptionNamesSync } from './weights-messages.ts';

/** A network that somebody named on the command line. */
export interface OpenedWeights extends LoadedModel {
  /** For messages. */
  name: string;
  /** The run that made it, where that is known. */
  record?: RunRecord;
  /** Where the weights were read: a path or an address. */
  source: string;
  /** Its SHA-256 and size, where it was fetched or comes with the zoo. */
  hash?: FileHash;
  /** What kind of file that is. */
  format: string;
  /** What became of the file's tensors. */
  report: LoadReport;
}

/** What the command line says about weights that do not say it themselves. */
export interface OpenWeightsOptions extends FillOptions, NetworkOverrides {
  /** The network that they are for. Default: the one that the file names, and else the one that it fits. */
  network?: NamedNetwork;
  /** Names of the classes, where the file has none. Default: none. */
  labels?: readonly string[];
  /** Which of several networks in the file. Default: the one under a usual key. */
  key?: string;
  /** Whether to tell which tensors of the file have no place. Default: false. */
  tellsUnused?: boolean;
  /** Whether to tell that places were guessed. Default: true. */
  tellsGuess?: boolean;
  onProgress?: OnProgress;
  /** Gets a line about a run that has not come to its end, or where the network was found by what the file holds or says. */
  onNotice?: (line: string) => void;
  signal?: AbortSignal;
}

/** Weights that were opened and are known to fit their network, which is not built yet. */
export interface CheckedWeights extends Pick<OpenedWeights, 'name' | 'labels' | 'record'> {
  /** The network that they are for. */
  spec: ModelSpec;
  /** Builds the network and reads its weights: that takes a backend. */
  load(): Promise<OpenedWeights>;
}

/** Where somebody's weights lie, and what is known of them. */
interface Place {
  name: string;
  /** For messages: a path, an address, or the name of the file that comes with the zoo. */
  source: string;
  /** What is opened. */
  file: TensorSource;
  record?: RunRecord;
  /** Names of the classes, where the file has none. */
  labels?: readonly string[];
  hashes?: Pick<OpenOptions, 'sha256' | 'sha1'>;
  /** SHA-256 and size of a file that comes with the zoo. */
  hash?: FileHash;
  /** The network of weights that are known by name. */
  published?: FileNetwork;
}

/** @throws ZooError `not-found` where the run does not keep this. */
function requirePart(file: string, { folder, part }: NamedRun, record: RunRecord): void {
  const { options, state } = record;
  const { recipe, keepBest } = options;
  // The average counts once the record says so, as the weights of the last epoch do: until then it may be that of another training.
  if (existsSync(file) && (part === 'best' || state === 'finished')) return;
  const kept = part === 'best' ? keepBest === true : (recipe.ema ?? 0) > 0;
  const flag = part === 'best' ? '--keep-best' : '--ema';
  const why = kept
    ? state === 'finished'
      ? `${file} is missing. Name ${folder} for the weights of its last epoch.`
      : `they are written after ${part === 'best' ? 'its first epoch' : 'its last epoch'}. ${howToGoOn(folder, record)}`
    : `it was trained without ${flag}. Name ${folder} for the weights of its last epoch.`;
  throw new ZooError('not-found', `${folder}/${part}: the run has no such weights: ${why}`);
}

/** The best or the averaged weights of a run. */
function placeOfPart(named: NamedRun, record: RunRecord, onNotice: OpenWeightsOptions['onNotice']): Place {
  const { folder, part } = named;
  const { best, averages } = runFolder(folder);
  const source = part === 'best' ? best : averages;
  requirePart(source, named, record);
  const notice = part === 'best' ? unfinishedNotice(folder, record, 'best epoch so far') : undefined;
  if (notice !== undefined) onNotice?.(notice);
  return { name: `${folder}/${part}`, source, file: source, record };
}

/** The weights of a run: of an unfinished one, those of its last checkpoint. */
async function placeOfRun(named: NamedRun, onNotice: OpenWeightsOptions['onNotice']): Promise<Place> {
  const { folder, part } = named;
  const run = runFolder(folder);
  const record = await readRunRecord(run.record);
  if (part !== 'last') return placeOfPart(named, record, onNotice);
  // Weights count once the record says so: until then they may be those of a shorter training.
  const files = record.state === 'finished' ? [run.weights, run.checkpoint] : [run.checkpoint];
  const source = files.find((file) => existsSync(file));
  if (!source) throw new ZooError('not-found', `${folder}: has no weights yet. ${howToGoOn(folder, record)}`);
  const notice = source === run.checkpoint ? unfinishedNotice(folder, record, 'last checkpoint') : undefined;
  if (notice !== undefined) onNotice?.(notice);
  return { name: folder, source, file: source, record };
}

/** Weights that come with the zoo, or published ones, which are fetched on first use. */
async function placeOfKnown(name: string): Promise<Place> {
  const { weights: known, spec } = knownWeightsOf(name, families);
  const { labels, sha256, sha1 } = known;
  const hashes = { ...(sha256 !== undefined && { sha256 }), ...(sha1 !== undefined && { sha1 }) };
  const about = { name, labels, hashes, published: { spec, labels } };
  if (!isShipped(known)) return { ...about, source: known.url, file: known.url };
  const source = `${name}.safetensors`;
  const bytes = await known.read();
  const hash = known.card.file;
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== hash.sha256)
    throw new ZooError(
      'corrupt-file',
      `${source}: is not the file of its card, its SHA-256 is ${found}, expected ${hash.sha256}. Install ${shippedIn} again.`,
    );
  return { ...about, hashes: {}, source, file: new File([bytes], source), hash };
}

/**
 * Where `RUN|WEIGHTS` lies. What lies here under that name comes before what is published.
 *
 * @throws ZooError `not-found` where there is nothing.
 */
export async function placeOf(given: string, { onNotice }: Pick<OpenWeightsOptions, 'onNotice'>): Promise<Place> {
  requireWeights(given);
  if (isWebAddress(given)) return { name: given, source: given, file: given };
  const run = runNamed(given);
  if (run) return placeOfRun(run, onNotice);
  return existsSync(given) ? { name: given, source: given, file: given } : placeOfKnown(given);
}

/**
 * Opens `RUN|WEIGHTS`: a folder that `zoo train` made, or `RUN/best`, a file of weights of any format, an address of one, or weights that
 * are known by name, and finds out whether they fit, before anything is built. What lies here under that name comes before what is published.
 * The file is closed when `use` has ended.
 *
 * @throws ZooError `not-found` where there is nothing, `network` for what cannot be fetched, otherwise as `loadWeights`.
 */
export async function withCheckedWeights<T>(
  given: string,
  options: OpenWeightsOptions,
  use: (weights: CheckedWeights) => Promise<T>,
): Promise<T> {
  const place = await placeOf(given, options);
  const { name, source, record, hashes, published, labels: ofPlace = [] } = place;
  const { network: named, labels: known = ofPlace, onNotice, parts, head, strict, computation, bgrToRgb } = options;
  const { colours, saysLrn, asked, onProgress, signal, key, tellsUnused = false, tellsGuess = true } = options;
  // Before the weights are fetched.
  if (published && asked && head !== 'new') requireAgreement(published.spec, asked, name, parts?.newHead);
  const opened = await openTensors(place.file, {
    ...hashes,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
    ...(onNotice && { onNotice }),
  });
  try {
    const file = dictionaryOfKey(opened, key);
    const found = (named ? undefined : published) ?? (await withCliOptionNames(networkOf(file, source, named), parts));
    const { spec, note } = overriddenNetwork(found.spec, file, {
      ...(colours && { colours }),
      ...(saysLrn && { saysLrn }),
      ...(asked && { asked }),
      ...(head && { head }),
      ...(parts && { parts }),
    });
    const fill = {
      ...(head && { head }),
      ...(bgrToRgb && { bgrToRgb }),
      ...(strict === false && { strict }),
      ...(computation && { computation }),
    };
    // Before a backend starts. A spec out of the file itself may also ask for more than the file holds.
    withCliOptionNamesSync(() => requireFit(spec, file, fill), parts);
    for (const line of [found.note, note]) if (line !== undefined) onNotice?.(line);
    const fitting = [found.labels, known].find(({ length }) => length === spec.classes && head !== 'new');
    const labels = [...(fitting ?? [])];
    const { sha256, size: bytes } = file;
    const fetched = sha256 === undefined || bytes === undefined ? undefined : { sha256, bytes };
    const hash = fetched ?? place.hash;
    const about = { name, labels, ...(record && { record }) };
    return await use({
      ...about,
      spec,
      async load() {
        // What need not be in the file begins anew.
        const model = buildModel(spec, { initialize: strict === false || (head ?? 'keep') !== 'keep' });
        const report = await withCliOptionNames(fillModel(model, file, fill), parts);
        for (const line of loadNotes(source, report, { tellsUnused, tellsGuess, ...(parts && { parts }) }))
          onNotice?.(line);
        return { ...about, model, source, ...(hash && { hash }), format: file.format ?? 'unknown', report };
      },
    });
  } finally {
    await opened.close();
  }
}
