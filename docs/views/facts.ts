import {
  augmentationText,
  isWeighted,
  type ModelSpec,
  type Multipliers,
  type Optimizer,
  type Preprocessing,
  type Schedule,
  type ShapedModel,
} from '@zoo/spec';
import { escaped } from './html.ts';
import { initializerText } from './initializer-text.ts';
import { sizes, thousands } from './numbers.ts';
import { linkedSource } from './source-links.ts';

/** Four digits say what a statistic is; those that quotients leave behind say nothing. */
const short = (value: number): string => `${Number(value.toFixed(4))}`;

const triple = (values: readonly number[]): string =>
  values.length === 1 ? short(values[0] ?? 0) : `(${values.map(short).join(', ')})`;

function preprocessingText(spec: ModelSpec): string {
  const { resizeShorterSide, padding = 0, range, mean, std, channels }: Preprocessing = spec.preprocessing;
  const [height, width, depth] = spec.input;
  const size =
    resizeShorterSide === undefined
      ? `Scale to ${height - 2 * padding} × ${width - 2 * padding}.`
      : `Scale the shorter side to ${resizeShorterSide}, crop the middle ${height} × ${width}.`;
  const around = padding === 0 ? '' : ` Add ${padding} black pixels on each side.`;
  const order = depth === 1 ? '' : `, ${channels.toUpperCase()}`;
  const divided = std.every((value) => value === 1) ? '' : `, divide by ${triple(std)}`;
  return `${size}${around} Pixels from 0 to ${range}${order}: subtract ${triple(mean)}${divided}.`;
}

/** Initial values of the spec, then those that some layers have instead: `bias 1 in conv2, conv4`. */
function initText({ init }: ModelSpec, { layers }: ShapedModel): string {
  const exceptions = new Map<string, string[]>();
  for (const { path, layer } of layers) {
    if (!isWeighted(layer) || !layer.init) continue;
    for (const [role, value] of Object.entries(layer.init)) {
      const text = `${role} ${initializerText(value)}`;
      exceptions.set(text, [...(exceptions.get(text) ?? []), layer.caffe ?? path]);
    }
  }
  const own = [...exceptions].map(([text, names]) => `; ${text} in ${escaped(names.join(', '))}`).join('');
  return `Weights ${initializerText(init.weight)}, biases ${initializerText(init.bias)}${own}.`;
}

function optimizerText(optimizer: Optimizer): string {
  const decay = optimizer.weightDecay === 0 ? '' : `, weight decay ${optimizer.weightDecay}`;
  if (optimizer.kind !== 'sgd')
    return `${optimizer.kind === 'adam' ? 'Adam' : 'AdamW'} at ${optimizer.learningRate}, β ${optimizer.beta1} and ${optimizer.beta2}${decay}`;
  const convention = optimizer.convention === 'caffe' ? "Caffe's convention" : "PyTorch's convention";
  const momentum = `${optimizer.nesterov ? "Nesterov's momentum" : 'momentum'} ${optimizer.momentum}`;
  return `SGD at ${optimizer.learningRate}, ${momentum}${decay}, ${convention}`;
}

function scheduleText(schedule: Schedule): string {
  const warmup = schedule.warmup ? ` after a warm-up of ${schedule.warmup}` : '';
  return `${shapeText(schedule)}${warmup}`;
}

function shapeText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'constant rate';
    case 'step':
      return `rate × ${schedule.factor} after ${schedule.after.length === 1 ? 'epoch' : 'epochs'} ${schedule.after.join(', ')}`;
    case 'plateau':
      return `rate × ${schedule.factor} when the validation loss has not improved for ${schedule.patience} epochs`;
    case 'cosine':
      return 'cosine';
    case 'one-cycle':
      return `one cycle, ${schedule.rise} of it rising`;
    case 'polynomial':
      return `polynomial of power ${schedule.power}`;
  }
}

function recipeText({ recipe }: ModelSpec): string {
  const { epochs, batchSize, optimizer, schedule, augment, source } = recipe;
  const steps = `${epochs} epochs in batches of ${batchSize}: ${optimizerText(optimizer)}, ${scheduleText(schedule)}`;
  return `${steps}${augment.length === 0 ? '' : `; ${augmentationText(augment)}`}.<br><span class="aside">${linkedSource(source)}</span>`;
}

const factors = ({ learningRate, weightDecay }: Multipliers): string =>
  `learning rate × (${learningRate.weight},&nbsp;${learningRate.bias}), weight decay × (${weightDecay.weight},&nbsp;${weightDecay.bias})`;

function multipliersText({ multipliers }: ModelSpec, { layers }: ShapedModel): string | undefined {
  if (!multipliers) return undefined;
  const own = layers.flatMap(({ path, layer }) =>
    isWeighted(layer) && layer.multipliers
      ? [`; in ${escaped(layer.caffe ?? path)} ${factors(layer.multipliers)}`]
      : [],
  );
  return `For (weights, biases): ${factors(multipliers)}${own.join('')}.`;
}

/** What there is to know of a preset besides its layers. */
export function facts(spec: ModelSpec, shaped: ShapedModel): string {
  const multipliers = multipliersText(spec, shaped);
  const rows: readonly (readonly [term: string, html: string])[] = [
    ['Origin', linkedSource(spec.source)],
    ['Input', `${sizes(spec.input)} <span class="aside">height × width × channels</span>`],
    ['Classes', thousands(spec.classes)],
    ['Parameters', thousands(shaped.parameters)],
    ['Mult-adds', `${thousands(shaped.multAdds)} <span class="aside">for one picture, as torchinfo counts them</span>`],
    ['Preprocessing', preprocessingText(spec)],
    ['Initial values', initText(spec, shaped)],
    ['Recipe', recipeText(spec)],
    ...(multipliers === undefined ? [] : [['Multipliers', multipliers] as const]),
  ];
  return `<dl class="facts">\n${rows.map(([term, html]) => `<dt>${term}</dt><dd>${html}</dd>`).join('\n')}\n</dl>`;
}
