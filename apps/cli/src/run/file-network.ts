import { isZooError, ZooError } from '@zoo/core';
import { type FoundWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { type InferredSpec, inferSpecs, readMetadata, shardHint, type TensorFile } from '@zoo/weights';
import { commandName } from '../command-name.ts';
import { digestOf } from '../convert/file-hash.ts';
import { families } from '../families.ts';
import { configured, type NetworkOptions, networkFlags } from '../options/network-options.ts';

/** The network that the command line names for weights that do not say it themselves. */
export interface NamedNetwork {
  preset: ModelSpec;
  /** What the user wants otherwise. */
  changes: NetworkOptions;
}

/** The network that a file's weights are for. */
export interface FileNetwork {
  spec: ModelSpec;
  /** Names of its classes, where they are known. */
  labels: readonly string[];
  /** How it was found, where the file does not say it and nobody else did. */
  note?: string;
}

/** `alexnet/torchvision --width 0.5 --classes 10`, as one would write it. */
const asOptions = ({ preset, options }: InferredSpec): string =>
  [
    preset,
    ...(['width', 'classes', 'inChannels'] as const).flatMap((name) =>
      options[name] === undefined ? [] : [`${networkFlags[name]} ${options[name]}`],
    ),
  ].join(' ');

/** Published weights under another name, or at another address: the same bytes. */
async function publishedAs(file: TensorFile, source: string): Promise<FoundWeights | undefined> {
  const names = families.flatMap(({ knownWeights }) => Object.keys(knownWeights));
  for (const name of names) {
    const found = knownWeightsOf(name, families);
    const { bytes, sha256, sha1 } = found.weights;
    // Only what could be it is read whole.
    if (bytes !== undefined && bytes !== file.size) continue;
    if (sha256 !== undefined && (file.sha256 ?? (await digestOf(source, 'sha256'))) === sha256) return found;
    if (sha256 === undefined && sha1 !== undefined && (await digestOf(source, 'sha1')) === sha1) return found;
  }
  return undefined;
}

/** @returns None where several networks in the file fit, which is an error once they are loaded. */
function inferOrNone(infer: () => InferredSpec[]): InferredSpec[] {
  try {
    return infer();
  } catch (error) {
    if (isZooError(error)) return [];
    throw error;
  }
}

/** A preset that was named, with the width, channels and classes of the file, where the user says nothing else. */
function fromNamed(file: TensorFile, { preset, changes }: NamedNetwork): ModelSpec {
  const infer = () => inferSpecs(file, [{ name: preset.family, presets: { [preset.preset]: preset } }]);
  // Of several networks in the file, what the user says of widths and classes may fit one alone.
  const [found] = changes.width === undefined && changes.classes === undefined ? infer() : inferOrNone(infer);
  return configured(preset, { ...found?.options, ...changes });
}

/** The one preset that a file's tensors fit. */
function fromShapes(file: TensorFile): FileNetwork {
  const found = inferSpecs(file, families);
  const [one, other] = found;
  if (one && !other) {
    return {
      spec: one.spec,
      labels: [],
      note: `${file.name}: read as ${asOptions(one)}`,
    };
  }
  const shard = shardHint(file.name);
  if (!one && shard !== undefined) throw new ZooError('weights', `${file.name}: ${shard}.`);
  const why = one
    ? `it fits ${found.map(({ preset }) => preset).join(' and ')}, which differ only in what shapes do not tell: order, normalisation, dropout. Pass --model with one of them`
    : `its tensors fit no preset. Pass --model, as in --model alexnet/torchvision; see ${commandName()} presets`;
  throw new ZooError('weights', `${file.name}: does not say what network it is for, and ${why}.`);
}

/**
 * Finds out what network a file's weights are for: what the command line names, what the file says itself, whose published weights
 * they are, and else which preset they fit. Nothing is built, and no tensor read.
 *
 * @throws ZooError `weights` where no preset fits, or several; `corrupt-file` where the file's own network does not hold together.
 */
export async function networkOf(file: TensorFile, source: string, named?: NamedNetwork): Promise<FileNetwork> {
  const described = 'zoo.spec' in file.metadata ? ownNetwork(file, source) : undefined;
  if (named) return { labels: described?.labels ?? [], spec: fromNamed(file, named) };
  if (described) return described;
  const published = await publishedAs(file, source);
  if (!published) return fromShapes(file);
  const { name, spec, weights } = published;
  return {
    spec,
    labels: weights.labels,
    note: `${file.name}: these are the published weights ${name}, ${weights.title}`,
  };
}

/** A spec that does not hold together is the user's mistake on the command line, but a damaged file here. */
function ownNetwork(file: TensorFile, source: string): FileNetwork {
  try {
    return readMetadata(file);
  } catch (error) {
    if (!isZooError(error) || error.code !== 'spec') throw error;
    throw new ZooError('corrupt-file', `${source}: ${error.message}`, { cause: error });
  }
}
