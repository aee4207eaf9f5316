import { jsonCost } from '@zoo/core';
import { damaged } from './damaged.ts';
import type { Meter, MeteredBytes } from './meter.ts';

/** Nesting limit of JSON: enough for networks in networks and a layer's settings. */
const maxDepth = 100;

/** Parses JSON, after its values have been charged to the budget. Undefined for invalid JSON, or JSON nested too deep. */
export function parsedJson(text: string, meter: Meter): unknown {
  const { values, depth } = jsonCost(text);
  meter.spend('objects', values);
  if (depth > maxDepth) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * JSON of a file, charged to the budget as by `parsedJson`.
 *
 * @param what The part of the file that it is, for messages. Default: all of it.
 * @throws ZooError `corrupt-file` for what is no JSON in UTF-8, `too-costly` for too many values.
 */
export function parseJson(bytes: Uint8Array, { name, meter }: Pick<MeteredBytes, 'name' | 'meter'>, what?: string) {
  meter.spend('bytes', 2 * bytes.length);
  const refuse = (cause: unknown) =>
    damaged(name, what === undefined ? 'is no JSON' : `has ${what} that is no JSON`, cause);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse(error);
  }
  const { values, depth } = jsonCost(text);
  meter.spend('objects', values);
  if (depth > maxDepth)
    throw damaged(name, `nests the values of ${what ?? 'its JSON'} ${depth} deep, more than ${maxDepth}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw refuse(error);
  }
}
