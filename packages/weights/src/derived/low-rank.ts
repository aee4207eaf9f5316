import { elements, type StoredTensor, type TensorFile } from '@zoo/tensor-files';
import type { Derived, Tensors } from './derived.ts';

/** A weight with its two factors: `W + scaling * up * down`. */
interface Adapted {
  /** Name without what the adapter puts into it. */
  name: string;
  weight: StoredTensor;
  down: StoredTensor;
  up: StoredTensor;
  /** Other tensors that belong to the adapter. */
  alpha?: StoredTensor;
}

/** Names of the factors, by who writes them, around `PATH.weight`. */
const forms: readonly { down: RegExp; up: string; weights: readonly string[] }[] = [
  // loralib: beside the weight.
  { down: /^(.*\.)lora_A$/, up: 'lora_B', weights: ['weight'] },
  // peft: around the layer, under a name of the adapter, or none.
  { down: /^(.*\.)lora_A(\.\w+)?\.weight$/, up: 'lora_B$2.weight', weights: ['base_layer.weight', 'weight'] },
  // kohya and diffusers.
  { down: /^(.*\.)lora_down\.weight$/, up: 'lora_up.weight', weights: ['weight'] },
];

function adapted(tensors: Tensors, down: StoredTensor): Adapted | undefined {
  for (const form of forms) {
    const found = form.down.exec(down.name);
    if (!found) continue;
    const [, path = '', adapter = ''] = found;
    const up = tensors.get(path + form.up.replace('$2', adapter));
    const weight = form.weights.map((name) => tensors.get(path + name)).find((tensor) => tensor !== undefined);
    const alpha = tensors.get(`${path}alpha`);
    if (up && weight) return { name: `${path}weight`, weight, down, up, ...(alpha && { alpha }) };
  }
  return undefined;
}

/** What a file says of all its adapters. */
interface AdapterSettings {
  alpha?: number;
  /** Divided by the root of the rank. */
  isRankStabilized: boolean;
  /** Why it is not known what the factors count. */
  problem?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** `adapter_config.json` of peft; texts of the file; kohya's. */
function settingsOf(metadata: Readonly<Record<string, string>>): AdapterSettings {
  let config: unknown;
  try {
    config = JSON.parse(metadata['adapter_config.json'] ?? 'null');
  } catch {
    return { isRankStabilized: false, problem: 'its adapter_config.json is no JSON' };
  }
  if (isRecord(config)) {
    const patterns = [config.alpha_pattern, config.rank_pattern].some(
      (one) => isRecord(one) && Object.keys(one).length > 0,
    );
    if (config.use_dora === true || patterns || config.fan_in_fan_out === true)
      return {
        isRankStabilized: false,
        problem: 'its adapter_config.json asks for what is not read (use_dora, patterns, fan_in_fan_out)',
      };
    const { lora_alpha: alpha } = config;
    if (typeof alpha === 'number') return { alpha, isRankStabilized: config.use_rslora === true };
  }
  const text = metadata.lora_alpha ?? metadata.alpha ?? metadata.ss_network_alpha;
  const alpha = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(alpha) ? { alpha, isRankStabilized: false } : { isRankStabilized: false };
}

/** The product of factors, as a matrix of outputs times the rest, by rows. */
async function withProduct({ weight, down, up, alpha }: Adapted, settings: AdapterSettings): Promise<Float32Array> {
  const [rank = 1] = down.shape;
  const [rows = 1] = up.shape;
  const columns = elements(down.shape) / rank;
  const [values, a, b] = [(await weight.read()).slice(), await down.read(), await up.read()];
  const factor =
    ((await alpha?.read())?.[0] ?? settings.alpha ?? Number.NaN) / (settings.isRankStabilized ? Math.sqrt(rank) : rank);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let at = 0; at < rank; at++) sum += (b[row * rank + at] ?? 0) * (a[at * columns + column] ?? 0);
      values[row * columns + column] = (values[row * columns + column] ?? 0) + factor * sum;
    }
  return values;
}

/** Whether the factors' product has the weight's shape: of dense layers, and of convolutions whose second factor is 1 wide. */
const fits = ({ weight, down, up }: Adapted): boolean =>
  up.shape[0] === weight.shape[0] &&
  elements(up.shape) === (up.shape[0] ?? 0) * (down.shape[0] ?? 0) &&
  String(down.shape.slice(1)) === String(weight.shape.slice(1));

/** Why an update is not applied; undefined where it is. */
function problemOf(one: Adapted, settings: AdapterSettings): string | undefined {
  const { weight, down, up, alpha } = one;
  if (!fits(one)) return `its factors of [${down.shape}] and [${up.shape}] do not give [${weight.shape}]`;
  if (settings.problem !== undefined) return settings.problem;
  return alpha || settings.alpha !== undefined ? undefined : 'alpha, by which it counts, is not in the file';
}

const updatesIn = (tensors: Tensors): Adapted[] =>
  [...tensors.values()].flatMap((tensor) => adapted(tensors, tensor) ?? []);

/** Why a tensor is a part of a low-rank update that was not applied, in words. */
export function whyNotApplied({ tensors, metadata }: Pick<TensorFile, 'tensors' | 'metadata'>, name: string): string {
  const update = updatesIn(tensors).find(({ down, up }) => down.name === name || up.name === name);
  return (update && problemOf(update, settingsOf(metadata))) ?? 'it is not of a kind that is read';
}

/**
 * Weights with low-rank updates beside them (Hu et al. 2021): `W + alpha / rank * B A`, where the file says alpha: in a tensor, in its
 * texts, or in peft's adapter_config.json beside it. It cannot be guessed; without it updates stay what they are, and are refused as left over.
 */
export function lowRank(tensors: Tensors, metadata: Readonly<Record<string, string>>): Derived[] {
  const all = updatesIn(tensors);
  if (all.length === 0) return [];
  const settings = settingsOf(metadata);
  const made = all.flatMap((one): Derived[] => {
    if (problemOf(one, settings) !== undefined) return [];
    const { name, weight, down, up, alpha } = one;
    const parts = [weight, down, up, ...(alpha ? [alpha] : [])].map((part) => part.name);
    const tensor = { name, dtype: 'F32' as const, shape: weight.shape, read: () => withProduct(one, settings) };
    return [{ tensor, step: 'low-rank update', parts }];
  });
  const used = new Set(made.flatMap(({ parts }) => parts));
  // What peft wraps keeps its own names within.
  const wrapped = [...tensors.values()].flatMap(({ name, ...tensor }): Derived[] => {
    const plain = name.replace('.base_layer.', '.');
    return plain === name || used.has(name) ? [] : [{ tensor: { name: plain, ...tensor }, parts: [name] }];
  });
  return [...made, ...wrapped];
}
