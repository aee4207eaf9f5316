import type * as tfl from '@tensorflow/tfjs-layers';
import { writeFileAtomically } from '@zoo/core/files';
import { specOf } from '@zoo/layers';
import { filterSheet } from '../pictures/filter-sheet.ts';
import { pngOf } from '../pictures/png.ts';
import { filterLayer, filtersOf } from '../run/first-filters.ts';

/** Draws the filters of a network's first layer as they are now into a PNG file, where it has some. */
export async function saveFilters(file: string, model: tfl.LayersModel): Promise<void> {
  const layer = filterLayer(specOf(model));
  if (layer) await writeFileAtomically(file, await pngOf(filterSheet(await filtersOf(model, layer))));
}
