import { expect, it } from 'vitest';
import { allPresets } from '../families.ts';
import { linkedSource } from './source-links.ts';

it.each([
  ['Somebody; arXiv:1311.2901', 'Somebody; <a href="https://arxiv.org/abs/1311.2901">arXiv:1311.2901</a>'],
  ['Somebody, doi:10.1109/5.726791', 'Somebody, <a href="https://doi.org/10.1109/5.726791">doi:10.1109/5.726791</a>'],
  [
    'Caffe, examples/cifar10/a_solver.prototxt: 120 epochs',
    '<a href="https://github.com/BVLC/caffe/tree/master/examples/cifar10/a_solver.prototxt">Caffe, examples/cifar10/a_solver.prototxt</a>: 120 epochs',
  ],
  ['A <tutorial>', 'A &lt;tutorial&gt;'],
])('links what %s cites', (source, html) => {
  expect(linkedSource(source)).toBe(html);
});

it('finds the original of every preset that is not from a tutorial', () => {
  for (const { source } of allPresets) if (!source.includes('tutorial')) expect(linkedSource(source)).toContain('<a ');
});
