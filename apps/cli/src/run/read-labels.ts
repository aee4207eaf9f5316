import { stat } from 'node:fs/promises';
import { isZooError, ZooError } from '@zoo/core';
import type { Command } from 'commander';
import { labelsOfJson } from '../labels/labels-of-json.ts';
import { labelsOfLines } from '../labels/labels-of-lines.ts';
import { labelsOfPbtxt } from '../labels/labels-of-pbtxt.ts';
import { labelsOfTable } from '../labels/labels-of-table.ts';
import { labelsOfYaml } from '../labels/labels-of-yaml.ts';
import { labelsText } from '../labels/labels-text.ts';
import { labelForms, quoted, refuseLabels } from '../labels/refuse-labels.ts';
import { counted } from '../rendering/quantities.ts';
import { bytesOf } from './text-of.ts';

/** Adds the option that names the classes. */
export const addLabelsOption = (command: Command): Command =>
  command.option(
    '--labels <file>',
    'names of the classes in the order of the outputs: one a line, or JSON, YAML, CSV or pbtxt (default: those with the weights)',
  );

/** ImageNet's 21,841 classes take half of it. */
const maxBytes = 1_000_000;

async function bytesOfLabels(file: string): Promise<Uint8Array> {
  try {
    return await bytesOf(file, 'names of classes', maxBytes);
  } catch (error) {
    if (isZooError(error) && error.code === 'data') return refuseLabels(file, 'is too long for names of classes');
    const found = await stat(file).catch(() => undefined);
    const why = found === undefined ? 'is not there' : found.isDirectory() ? 'is a folder' : 'cannot be read';
    throw new ZooError('not-found', `--labels ${file}: ${why}, expected a file of ${labelForms}.`, { cause: error });
  }
}

/** Names, and what the file was taken for: the forms that say themselves what they are come first. */
async function namesIn(file: string, text: string): Promise<{ labels: string[]; form: string }> {
  const yaml = await labelsOfYaml(file, text);
  if (yaml) return { labels: yaml, form: 'as YAML' };
  const items = labelsOfPbtxt(file, text);
  if (items) return { labels: items, form: 'as pbtxt' };
  const json = labelsOfJson(file, text);
  if (json) return { labels: json, form: 'as JSON' };
  const table = labelsOfTable(file, text);
  if (table) return { labels: table, form: 'as a table' };
  return { labels: labelsOfLines(file, text), form: 'a line each' };
}

/**
 * Names of classes from a file: a line each, with its number before or behind it or without, a table, JSON or YAML (a list, an object from numbers to
 * names or from names to numbers, or one that holds them), as torchvision, timm, Keras, transformers, YOLO and TensorFlow's Object Detection write them, or a list or dictionary of Python.
 *
 * @param onNotice Gets a line about an encoding that was guessed.
 * @throws ZooError `not-found` without the file, `data` for one of another form, or with an empty name.
 */
export async function readLabels(file: string, onNotice: (line: string) => void): Promise<GivenLabels> {
  const text = labelsText(file, await bytesOfLabels(file), onNotice);
  const { labels, form } = await namesIn(file, text);
  const empty = labels.indexOf('');
  return empty < 0 ? { file, labels, form } : refuseLabels(file, `class ${empty} has no name`);
}

/** Names of classes that the user gave, and where. */
export interface GivenLabels {
  file: string;
  labels: readonly string[];
  /** How they were read, for messages: `a line each`. */
  form: string;
}

/** What `--labels` names; nothing without it. @throws ZooError as `readLabels`. */
export const givenLabels = async (
  file: string | undefined,
  onNotice: (line: string) => void,
): Promise<GivenLabels | undefined> => (file === undefined ? undefined : readLabels(file, onNotice));

/**
 * The names that the user gave, else those with the weights.
 *
 * @throws ZooError `data` for another number of names than the network has classes.
 */
export function labelsFor(classes: number, own: readonly string[], given: GivenLabels | undefined): readonly string[] {
  if (!given) return own;
  const { file, labels, form } = given;
  if (labels.length === classes) return labels;
  const begin = labels.slice(0, 2).map(quoted).join(', ');
  throw new ZooError(
    'data',
    `--labels ${file}: names ${counted(labels.length, 'class', 'classes')}, read ${form} (${begin}${labels.length > 2 ? ', ...' : ''}), but the network has ${classes}. Take the file that belongs to these weights.`,
  );
}
