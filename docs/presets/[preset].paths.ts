import { presets } from '@zoo/alexnet';
import { presetPage } from '../views/preset-page.ts';

export default {
  paths: () => Object.entries(presets).map(([preset, spec]) => ({ params: { preset }, content: presetPage(spec) })),
};
