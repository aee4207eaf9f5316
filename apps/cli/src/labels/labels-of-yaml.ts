import { isDeep, labelsOfValue } from './labels-of-json.ts';
import { refuseLabels } from './refuse-labels.ts';

/** ImageNet's 1000 classes by number, and once more by their numbers there, take half of it. What is read takes 400 times its bytes. */
const longest = 100_000;

/** By its name, by the `names:` of YOLO's data.yaml, or as a list. */
const isYaml = (file: string, text: string): boolean =>
  /\.ya?ml$/i.test(file) || /^names:[ \t]*(?:[[{#]|\r?$)/m.test(text) || /^(?:- .*(?:\r?\n|$))+$/.test(text);

/**
 * Names in YAML: a list, a map from numbers to names or back, or the `names:` of YOLO's data.yaml; `undefined` for what is no YAML.
 *
 * @throws ZooError `data`.
 */
export async function labelsOfYaml(file: string, text: string): Promise<string[] | undefined> {
  if (!isYaml(file, text)) return undefined;
  if (text.length > longest)
    return refuseLabels(file, `is YAML of more than ${longest / 1000} kB. Write JSON, which may be longer`);
  if (isDeep(text)) return refuseLabels(file, 'is nested more than 1000 deep');
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    // All is text: `no` and `1` are names. Whether a key is there twice takes the square of their number to find out.
    value = parse(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error', prettyErrors: false });
  } catch {
    return refuseLabels(file, 'is damaged YAML');
  }
  return labelsOfValue(file, value);
}
