import type { Sizes } from '../../stated-network.ts';
import { type KerasLayer, passes } from './read-config.ts';

/** Layers that bring pictures to a size. RandomCrop scales and crops where a network does not train. */
const sizing = ['Resizing', 'CenterCrop', 'RandomCrop'];
/** What is done number by number may as well be done in front of them. */
const pointwise = ['Rescaling', 'Normalization'];

const sizeOf = ({ config: { height, width } }: KerasLayer): Sizes | undefined =>
  typeof height === 'number' && typeof width === 'number' ? [height, width] : undefined;

/**
 * Layers in front of everything else that bring pictures to the network's size, as is done to pictures before they come to it, and that
 * size. A crop that is scaled afterwards is none of them: of a picture that has the size it leaves a part.
 */
export function pictureSizes(layers: readonly KerasLayer[]): { counted: ReadonlySet<KerasLayer>; size?: Sizes } {
  const front: KerasLayer[] = [];
  for (const layer of layers) {
    if (passes(layer.className) || pointwise.includes(layer.className)) continue;
    if (!sizing.includes(layer.className)) break;
    front.push(layer);
  }
  const isCrop = ({ className }: KerasLayer) => className === 'CenterCrop';
  const counted = front.filter((layer, place) => !isCrop(layer) || front.slice(place).every(isCrop));
  const last = front.at(-1);
  const size = last && sizeOf(last);
  return { counted: new Set(counted), ...(size && { size }) };
}
