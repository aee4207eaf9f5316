import { inferShapes, type Layer, type ModelSpec, type Shape } from '@zoo/spec';
import { escaped } from './html.ts';

/** Pixels of the drawing for the root of a size, where the picture has 227: roots keep 4096 channels and 6 pixels on one page. */
const sidePixels = 5.4;
const depthPixels = 1.7;
const postPixels = 1.5;
/** How far the third dimension goes right and up, as a share of a side. */
const slant = 0.34;
const minSize = 3;

/** What is drawn: sizes that change, and nothing between them. */
interface Stage {
  kind: 'input' | 'conv' | 'pool' | 'dense';
  title: string;
  detail: string;
  shape: Shape;
  towers: number;
}

const square = (size: number): string => `${size}×${size}`;

function stageOf(layer: Layer, input: Shape, output: Shape): Stage | undefined {
  switch (layer.kind) {
    case 'conv': {
      const stride = layer.stride === 1 ? '' : ` / ${layer.stride}`;
      return {
        kind: 'conv',
        title: 'conv',
        detail: square(layer.kernel) + stride,
        shape: output,
        towers: layer.groups,
      };
    }
    case 'maxPool':
    case 'avgPool': {
      const title = layer.kind === 'maxPool' ? 'max' : 'mean';
      return { kind: 'pool', title, detail: `${square(layer.size)} / ${layer.stride}`, shape: output, towers: 1 };
    }
    case 'adaptiveAvgPool':
      return String(input) === String(output)
        ? undefined
        : { kind: 'pool', title: 'mean', detail: `to ${square(layer.size)}`, shape: output, towers: 1 };
    case 'subsample':
      return {
        kind: 'pool',
        title: 'sum',
        detail: `${square(layer.size)} / ${layer.size}`,
        shape: output,
        towers: 1,
      };
    case 'rbf':
      return { kind: 'dense', title: 'rbf', detail: '', shape: output, towers: 1 };
    case 'dense':
      return { kind: 'dense', title: 'dense', detail: '', shape: output, towers: 1 };
    default:
      return undefined;
  }
}

const points = (...corners: readonly (readonly [x: number, y: number])[]): string =>
  corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/** Maps as a block: height and depth are the picture's, width the channels. A vector is a post as high as it is long. */
function drawing({ shape, towers }: Stage, scale: number): string {
  const tall = Math.max(
    minSize,
    shape.length === 3 ? Math.sqrt(shape[0]) * sidePixels * scale : Math.sqrt(shape[0]) * postPixels * scale,
  );
  const wide = shape.length === 3 ? Math.max(minSize, Math.sqrt(shape[2]) * depthPixels * scale) : 5;
  const back = shape.length === 3 ? tall * slant : 2;
  const [width, total] = [wide + back, tall + back];
  const front = `<rect class="front" x="0" y="${back.toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}"/>`;
  const top = `<polygon class="top" points="${points([0, back], [back, 0], [width, 0], [wide, back])}"/>`;
  const side = `<polygon class="side" points="${points([wide, back], [width, 0], [width, tall], [wide, total])}"/>`;
  const seams = Array.from({ length: towers - 1 }, (_, tower) => {
    const x = (wide * (tower + 1)) / towers;
    return `<polyline class="seam" points="${points([x, total], [x, back], [x + back, 0])}"/>`;
  });
  const box = `viewBox="-1 -1 ${(width + 2).toFixed(1)} ${(total + 2).toFixed(1)}"`;
  const size = `width="${(width + 2).toFixed(1)}" height="${(total + 2).toFixed(1)}"`;
  return `<svg ${box} ${size} aria-hidden="true">${front}${top}${side}${seams.join('')}</svg>`;
}

const sizesOf = (shape: Shape): string[] =>
  shape.length === 1 ? [`${shape[0]}`] : [`${shape[0]}×${shape[1]}`, `× ${shape[2]}`];

const item = (stage: Stage, scale: number): string =>
  [
    `<li class="${stage.kind}">`,
    `<span class="block">${drawing(stage, scale)}</span>`,
    `<span class="layer">${stage.title}</span><span class="layer">${stage.detail || '&nbsp;'}</span>`,
    ...sizesOf(stage.shape).map((text) => `<span class="size">${text}</span>`),
    '</li>',
  ].join('');

/** A network as a row of blocks: how maps shrink and deepen from the picture to the classes. */
export function figure(spec: ModelSpec): string {
  const input: Stage = { kind: 'input', title: 'picture', detail: '', shape: spec.input, towers: 1 };
  const stages = inferShapes(spec).layers.flatMap(({ layer, ...at }) => stageOf(layer, at.input, at.output) ?? []);
  const drawn = [input, ...stages];
  const scale = Math.sqrt(227 / spec.input[0]);
  const caption =
    "Each block is a layer's output: height and depth = picture size, width = channels, both on a square-root scale. A thin post is a vector, as high as it is long. A line inside a block = a convolution in groups.";
  return [
    `<figure class="network" aria-label="${escaped(spec.title)}">`,
    `<ol style="--stages:${drawn.length};--half:${Math.ceil(drawn.length / 2)}">${drawn.map((stage) => item(stage, scale)).join('\n')}</ol>`,
    `<figcaption>${caption}</figcaption>`,
    '</figure>',
  ].join('\n');
}
