import { presets } from '@zoo/alexnet';

/**
 * VitePress does not search pages of dynamic routes: the comparison stands in for them, with a section a preset.
 *
 * @returns What the search reads in place of the page's source.
 */
export function searchablePresets(source: string, page: string): string {
  if (page !== 'presets/index.md') return source;
  const sections = Object.values(presets).map(
    (spec) => `## ${spec.preset} {#${spec.preset}}\n\n${spec.title}. ${spec.source}.`,
  );
  return [source, ...sections].join('\n\n');
}
