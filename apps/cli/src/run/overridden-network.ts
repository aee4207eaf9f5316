import { ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import { type FillOptions, specAsStated, type TensorFile } from '@zoo/weights';
import { configured, type NetworkOptions } from '../options/network-options.ts';
import { requireAgreement } from './require-agreement.ts';
import type { PartOptions } from './weights-messages.ts';

/** Options that override or complete what a file says of its network. */
export interface NetworkOverrides {
  /** Order of the colours that it sees. Default: what the file says, else the preset's. */
  colours?: 'rgb' | 'bgr';
  /** Whether `--lrn` was given. Default: no. */
  saysLrn?: boolean;
  /** What the user says of a network that is found, not named. Default: nothing. */
  asked?: NetworkOptions;
  /** As `FillOptions.head`: a new one may have other classes than the weights. Default: 'keep'. */
  head?: FillOptions['head'];
  /** Which options for a part of the weights the command has, for messages. */
  parts?: PartOptions;
}

const normalisations = (spec: ModelSpec): string =>
  JSON.stringify(inferShapes(spec).layers.flatMap(({ layer }) => (layer.kind === 'lrn' ? [layer] : [])));

/** Means and deviations go with their colours. */
function withColours({ preprocessing, ...spec }: ModelSpec, colours: 'rgb' | 'bgr'): ModelSpec {
  const { channels, mean, std } = preprocessing;
  const turned = channels === colours ? {} : { channels: colours, mean: mean.toReversed(), std: std.toReversed() };
  return { ...spec, preprocessing: { ...preprocessing, ...turned } };
}

/** What a file changed about a network, for people; undefined if nothing. */
function noteOf(name: string, before: ModelSpec, after: ModelSpec): string | undefined {
  const paths = inferShapes(before).layers;
  const changed = inferShapes(after).layers.flatMap(({ layer, path }, index) =>
    JSON.stringify(layer) === JSON.stringify(paths[index]?.layer) ? [] : [path],
  );
  const { preprocessing } = after;
  const pictures = JSON.stringify(preprocessing) !== JSON.stringify(before.preprocessing);
  const parts = [
    ...(changed.length > 0 ? [`the parameters of ${changed.join(' and ')}`] : []),
    ...(pictures ? [`pictures in ${preprocessing.channels === 'bgr' ? 'blue, green, red' : 'its own range'}`] : []),
  ];
  return parts.length === 0 ? undefined : `${name}: takes from the file ${parts.join(', and ')}`;
}

/**
 * A network with what a file and the command line say of it.
 *
 * @throws ZooError `usage` where an option and the file contradict each other, or `--colours` is for a network of other pictures.
 */
export function overriddenNetwork(
  spec: ModelSpec,
  file: TensorFile,
  { colours, saysLrn = false, asked = {}, head, parts }: NetworkOverrides,
): { spec: ModelSpec; note?: string } {
  const { classes, ...others } = asked;
  const isNew = head === 'new' && classes !== undefined;
  const stated = specAsStated(isNew ? configured(spec, { classes }) : spec, file);
  requireAgreement(stated, isNew ? others : asked, file.name, parts?.newHead);
  if (saysLrn && normalisations(stated) !== normalisations(spec))
    throw new ZooError('usage', `--lrn: ${file.name} says otherwise of its normalisation. Leave --lrn out.`);
  if (colours !== undefined && spec.input[2] !== 3)
    throw new ZooError('usage', `--colours: the network sees ${spec.input[2]} channels, not 3. Leave --colours out.`);
  const note = noteOf(file.name, spec, stated);
  return { spec: colours === undefined ? stated : withColours(stated, colours), ...(note !== undefined && { note }) };
}
