import { chart } from '../../apps/cli/src/report/chart.ts';
import { drawPanel, panelStyle } from '../../apps/cli/src/report/panel.ts';
import type { PublicRun } from '../../records/read-records.ts';
import { percentOf } from './accuracy.ts';

const width = 480;
const height = 290;

/** The site's own colours, which change with its switch. */
const siteColours = `.zoo { --ink: var(--vp-c-text-1); --soft: var(--vp-c-text-2); --line: var(--vp-c-divider); --test: var(--vp-c-brand-1); --training: var(--vp-c-text-3); }`;

/** Accuracy over the epochs of a run: on the training pictures as they were learned, and on the test pictures. */
export function accuracyCurve({ record, recipe, result }: PublicRun): string {
  const { epochs, preset } = record;
  const last = epochs.at(-1);
  const tested = epochs.map(({ epoch, validation, averaged }): [number, number] => [
    epoch,
    (averaged ?? validation).top1,
  ]);
  const trained = epochs.map(({ epoch, accuracy }): [number, number] => [epoch, accuracy]);
  const network = preset.slice(preset.indexOf('/') + 1);
  const title = network === recipe.name ? network : `${network} by ${recipe.name}`;
  return chart(
    {
      width,
      height,
      title: `Accuracy of ${title} over the epochs`,
      description: `After ${epochs.length} epochs ${percentOf(result.top1)} of the test pictures are right, and ${percentOf(last?.accuracy ?? 0)} of the training pictures were.`,
      style: `${panelStyle}\n${siteColours}`,
    },
    drawPanel(
      {
        title,
        series: [
          { kind: 'training', name: 'training', points: trained, dots: false },
          { kind: 'test', name: 'test', points: tested, dots: epochs.length <= 40 },
        ],
        domain: [0, 1],
        format: (value) => percentOf(value),
        tick: '%',
        lines: 5,
      },
      { left: 0, top: 0, width, height, end: last?.epoch ?? 1 },
    ),
  );
}
