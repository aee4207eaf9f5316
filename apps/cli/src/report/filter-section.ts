import { readFile } from 'node:fs/promises';
import { filterLayer } from '../run/first-filters.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';
import { element, escaped } from './markup.ts';
import { section } from './page.ts';

/** The drawings of a run's filters, PNG files: as training began, where that is there, and as it ended. */
export interface FilterPictures {
  first?: Uint8Array;
  last?: Uint8Array;
}

const contentOf = (file: string): Promise<Uint8Array | undefined> => readFile(file).catch(() => undefined);

export async function filterPictures({ firstFilters, filters }: RunFolder): Promise<FilterPictures> {
  const [first, last] = [await contentOf(firstFilters), await contentOf(filters)];
  return { ...(first && { first }), ...(last && { last }) };
}

const sheet = (png: Uint8Array, caption: string): string =>
  element(
    'figure',
    {},
    element('figcaption', {}, escaped(caption)),
    element('img', { src: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, alt: caption }),
  );

/** The filters of the first layer before and after, or nothing where there is nothing to look at. */
export function filterSection({ spec, options }: RunRecord, { first, last }: FilterPictures): string[] {
  const layer = filterLayer(spec);
  if (!layer || !last) return [];
  const began = options.weights === undefined ? 'with random values' : `with those of ${options.weights}`;
  return [
    section(
      'What its first layer looks for',
      `The filters of ${layer.title}. Grey is a weight of 0, and each filter is scaled to its largest. What it has learned are edges and ${spec.input[2] === 3 ? 'spots of colour' : 'strokes'}; filters that still look like noise have learned little.`,
      element(
        'div',
        { class: 'sheets' },
        ...(first ? [sheet(first, `As training began, ${began}`)] : []),
        sheet(last, 'As it ended'),
      ),
    ),
  ];
}
