import { inferShapes } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { allPresets, presetName } from '../families.ts';
import { comparison } from './comparison.ts';
import { escaped } from './html.ts';
import { presetPage } from './preset-page.ts';

describe.each(allPresets.map((spec) => [presetName(spec), spec] as const))('the page of %s', (name, spec) => {
  const page = presetPage(spec);
  const { parameters, multAdds, layers } = inferShapes(spec);

  it('stands where links to the preset lead', () => {
    expect(comparison()).toContain(`href="./${name}"`);
  });

  it('is called by the whole name, which the comparison explains', () => {
    expect(page).toContain(`\n# ${name}\n`);
    expect(comparison()).toContain(`<td>${escaped(spec.title)}.`);
  });

  it('states the totals of the spec', () => {
    expect(page).toContain(`<dt>Parameters</dt><dd>${parameters.toLocaleString('en')}</dd>`);
    expect(page).toContain(`<dt>Mult-adds</dt><dd>${multAdds.toLocaleString('en')} `);
  });

  it('has a row for every layer and every tensor', () => {
    for (const row of [
      ...layers.map(({ path }) => path),
      ...layers.flatMap(({ weights }) => weights.map((w) => w.name)),
    ])
      expect(page).toContain(`<td><code>${row}</code>`);
  });

  it('closes every element, and leaves no empty line in one: Markdown would end the block there', () => {
    for (const tag of ['table', 'dl', 'figure', 'tr', 'td', 'svg', 'li'])
      expect(page.split(`</${tag}>`), tag).toHaveLength(page.split(new RegExp(`<${tag}[ >]`)).length);
    for (const [block] of page.matchAll(/<(table|dl|figure)[\s>].*?<\/\1>/gs)) expect(block).not.toContain('\n\n');
  });
});
